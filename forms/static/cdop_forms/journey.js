// Hides questions whose condition does not hold by the answers on this page. The server decides again.
const holds = (test, form) => {
  const answers = new FormData(form).getAll(test.question).filter(Boolean);
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
