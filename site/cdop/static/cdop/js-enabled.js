document.documentElement.classList.remove("no-js");
document.documentElement.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) document.documentElement.classList.add("nhsuk-frontend-supported");
