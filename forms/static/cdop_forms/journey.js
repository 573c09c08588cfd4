// Hides questions whose condition does not hold by the answers on this page. The server decides again.
const holds = (test, form) => {
  // A date, an address or a grid is answered in several inputs: key__part.
  const given = [...new FormData(form)].filter(([name]) => name === test.question || name.startsWith(`${test.question}__`));
  const answers = given.map(([, answer]) => answer).filter(Boolean);
  switch (test.comparison) {
    case "is": return answers.includes(test.value);
    case "is_not": return !answers.includes(test.value);
    case "any_of": return test.value.split(",").some((value) => answers.includes(value.trim()));
    case "answered": return answers.length > 0;
    case "not_answered": return answers.length === 0;
    default: return true;
  }
};

const follow = (form) => {
  for (const element of form.querySelectorAll("[data-show-if]")) {
    const { join, tests } = JSON.parse(element.dataset.showIf);
    element.hidden = !tests[join === "all" ? "every" : "some"]((test) => holds(test, form));
  }
};

for (const form of document.querySelectorAll("form")) {
  form.addEventListener("input", () => follow(form));
  follow(form);
}

// A long list becomes a box to type in, with the browser's own suggestions. What is chosen is still sent by the list.
for (const select of document.querySelectorAll("select[data-lookup]")) {
  const options = [...select.options].filter((option) => option.value);
  const suggestions = document.createElement("datalist");
  suggestions.id = `${select.id}-suggestions`;
  suggestions.append(...options.map((option) => new Option(option.text, option.text)));
  const box = document.createElement("input");
  Object.assign(box, { type: "text", id: select.id, className: "nhsuk-input", autocomplete: "off" });
  box.setAttribute("list", suggestions.id);
  for (const name of ["aria-describedby"]) if (select.hasAttribute(name)) box.setAttribute(name, select.getAttribute(name));
  const typed = () => box.value.trim().toLowerCase();
  box.value = select.value ? select.selectedOptions[0].text : "";
  select.id += "-list";
  select.hidden = true;
  select.after(box, suggestions);
  const choose = (found) => {
    select.value = found ? found.value : "";
    box.setCustomValidity(box.value.trim() && !found ? select.dataset.lookup : "");
    select.dispatchEvent(new Event("input", { bubbles: true }));
  };
  box.addEventListener("input", () => choose(options.find((option) => option.text.toLowerCase() === typed())));
  // Some browsers suggest nothing: part of an answer is enough when it is part of no other.
  box.addEventListener("change", () => {
    const near = options.filter((option) => option.text.toLowerCase().includes(typed()));
    if (select.value || !typed() || near.length !== 1) return;
    box.value = near[0].text;
    choose(near[0]);
  });
  box.form?.addEventListener("submit", (event) => {
    if (box.checkValidity()) return;
    event.preventDefault();
    box.reportValidity();
  });
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
