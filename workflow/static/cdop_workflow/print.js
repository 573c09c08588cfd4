for (const button of document.querySelectorAll("[data-cdop-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
