const { frontend } = document.querySelector("script[data-frontend]").dataset;
const { initAll } = await import(frontend);
initAll();
