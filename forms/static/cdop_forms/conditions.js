/* Conditions of the form editor, built from lists: a question, a comparison, a value (see forms/condition_blocks.py). */
(() => {
  const { StructBlockDefinition } = window.wagtailStreamField.blocks;
  const { questionsFor, partsFor } = window.cdopForms;
  const YES_NO = [['yes', 'Yes'], ['no', 'No'], ['not_known', 'Not known'], ['not_applicable', 'Not applicable']];
  const NUMBERS = ['whole_number', 'decimal_number', 'calculated'];
  const DATES = ['before', 'after'];
  const AGES = ['age_at_least', 'age_under'];
  const SAYS_ALL = ['answered', 'not_answered'];

  const make = (tag, attributes = {}, text = '') => {
    const element = document.createElement(tag);
    Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
    element.textContent = text;
    return element;
  };
  const option = (value, text) => make('option', { value }, text);
  /* What triggers read is asked in other forms (see forms/trigger_blocks.py). */
  let elsewhere = [];
  const waiting = [];
  const inTriggers = (select) => select.name.startsWith('triggers-');
  /* What is counted is told by the answers to the group's own questions (see forms/kinds/given.py). */
  const groupOf = ({ name }) => (name.includes('-calculation-where-') ? `${name.split('-where-')[0]}-of-` : '');
  const offeredTo = (select) => {
    if (inTriggers(select)) return elsewhere;
    return groupOf(select) ? partsFor(select, groupOf(select)) : questionsFor(select);
  };
  const find = (select, key) => offeredTo(select).find((question) => question.key === key);

  /* A list of the questions that come before this place in the form, or for triggers are asked in other forms. */
  class QuestionKey {
    render(placeholder, name, id, state, capabilities, { attributes = {} } = {}) {
      const select = make('select', { name, id, ...attributes });
      placeholder.replaceWith(select);
      const bound = new BoundQuestionKey(select);
      bound.setState(state);
      return bound;
    }
  }

  class BoundQuestionKey {
    constructor(select) {
      this.select = select;
      this.idForLabel = select.id;
      ['focus', 'mousedown'].forEach((event) => select.addEventListener(event, () => this.list()));
    }

    list() {
      const { value } = this.select;
      const offered = offeredTo(this.select).filter(({ kind }) => !this.kinds || this.kinds.includes(kind));
      this.select.replaceChildren(option('', '–'));
      let group = null;
      offered.forEach(({ key, label, page }) => {
        if (!group || group.label !== page) this.select.append((group = make('optgroup', { label: page })));
        group.append(option(key, label));
      });
      if (value && !offered.some(({ key }) => key === value)) {
        const where = groupOf(this.select) ? 'not asked in the group' : 'not asked before this';
        this.select.append(option(value, `${value} (${inTriggers(this.select) ? 'asked nowhere' : where})`));
      }
      this.select.value = value;
    }

    getValue() { return this.select.value; }

    getState() { return this.select.value; }

    setState(key) {
      const known = key && find(this.select, key);
      this.select.replaceChildren(option(key || '', known ? known.label : key || '–'));
    }

    setInvalid(invalid) { this.select.toggleAttribute('aria-invalid', invalid); }

    getTextLabel() { return this.select.selectedOptions[0] ? this.select.selectedOptions[0].textContent : ''; }

    focus() { this.select.focus(); }
  }

  /* The control in which a value is chosen; what is chosen is written to the input that is stored. */
  const chooseOne = (input, answers) => {
    const select = make('select', { 'aria-label': 'Value' });
    select.append(option('', '–'), ...answers.map(([code, label]) => option(code, label)));
    if (input.value && !answers.some(([code]) => code === input.value)) select.append(option(input.value, input.value));
    select.value = input.value;
    select.addEventListener('change', () => { input.value = select.value; });
    return select;
  };

  const chooseSeveral = (input, answers) => {
    const given = input.value.split(',').map((code) => code.trim());
    const list = make('div', { class: 'cdop-answers', role: 'group', 'aria-label': 'Value' });
    list.append(...answers.map(([code, label]) => {
      const row = make('label');
      const box = make('input', { type: 'checkbox', value: code });
      box.checked = given.includes(code);
      row.append(box, ` ${label}`);
      return row;
    }));
    list.addEventListener('change', () => {
      input.value = [...list.querySelectorAll(':checked')].map((box) => box.value).join(', ');
    });
    return list;
  };

  const chooseDate = (input) => {
    const row = make('div', { class: 'cdop-answers' });
    const select = make('select', { 'aria-label': 'Which day' });
    select.append(option('', '–'), option('today', 'the day the form is answered'), option('date', 'a date'));
    const date = make('input', { type: 'date', 'aria-label': 'Date' });
    if (input.value) select.value = input.value === 'today' ? 'today' : 'date';
    date.value = input.value === 'today' ? '' : input.value;
    const write = () => {
      date.hidden = select.value !== 'date';
      input.value = select.value === 'date' ? date.value : select.value;
    };
    row.addEventListener('change', write);
    date.hidden = select.value !== 'date';
    row.append(select, date);
    return row;
  };

  const chooseNumber = (input) => {
    const number = make('input', { type: 'number', step: 'any', 'aria-label': 'Value' });
    number.value = input.value;
    number.addEventListener('input', () => { input.value = number.value; });
    return number;
  };

  const lists = {};
  const comparisons = {};
  const answersOf = ({ kind, choices, list, unknown }) => {
    if (kind === 'yes_no') return YES_NO.slice(0, unknown.length ? 4 : 3);
    return (list && lists[list]) || choices;
  };

  const control = (input, question, comparison) => {
    if (AGES.includes(comparison)) return chooseNumber(input);
    if (!question) return null;
    const answers = answersOf(question);
    if (answers.length) return (comparison === 'any_of' ? chooseSeveral : chooseOne)(input, answers);
    if (question.kind === 'date') return chooseDate(input);
    return NUMBERS.includes(question.kind) ? chooseNumber(input) : null;
  };

  class Test {
    constructor(block) {
      this.block = block;
      this.question = block.childBlocks.question.widget.select;
      this.comparison = block.childBlocks.comparison.widget.input;
      this.value = block.childBlocks.value.widget.input;
      this.unit = block.childBlocks.unit.widget.input;
      this.question.addEventListener('change', () => { this.value.value = ''; this.draw(); });
      this.comparison.addEventListener('change', () => this.draw());
      block.getTextLabel = () => this.inWords();
      if (inTriggers(this.question)) waiting.push(this);
      this.draw();
    }

    /* Called when the questions of other forms have come. */
    known() {
      ['question', 'other'].forEach((name) => {
        const { widget } = this.block.childBlocks[name];
        widget.setState(widget.getValue());
      });
      this.draw();
    }

    asked() { return find(this.question, this.question.value); }

    show(name, shown) {
      this.block.childBlocks[name].element.closest('[data-contentpath]').hidden = !shown;
    }

    draw() {
      const question = this.asked();
      const suited = question && comparisons[question.kind];
      [...this.comparison.options].forEach((each) => {
        each.hidden = Boolean(suited) && !suited.includes(each.value) && !each.selected;
      });
      if (suited && !suited.includes(this.comparison.value)) [this.comparison.value] = suited;
      const comparison = this.comparison.value;
      const byAge = AGES.includes(comparison);
      if (byAge && !this.unit.value) this.unit.value = 'years';
      this.block.childBlocks.other.widget.kinds = question && [NUMBERS, [question.kind]].find((kinds) => kinds.includes(question.kind));
      this.show('value', !SAYS_ALL.includes(comparison));
      this.show('unit', byAge);
      this.show('other', byAge || DATES.includes(comparison) || /^at_/.test(comparison));
      const label = this.block.childBlocks.other.element.closest('[data-contentpath]').querySelector('label');
      label.textContent = byAge ? 'On the day of (blank for the day the form is answered)' : 'or the answer to';
      if (this.control) this.control.remove();
      this.control = control(this.value, question, comparison);
      this.value.hidden = Boolean(this.control);
      if (this.control) this.value.after(this.control);
    }

    inWords() {
      const question = this.asked();
      const words = this.comparison.selectedOptions[0].textContent;
      const labels = new Map(question ? answersOf(question) : []);
      const codes = this.value.value.split(',').map((code) => labels.get(code.trim()) || code.trim());
      const value = SAYS_ALL.includes(this.comparison.value) ? '' : codes.join(', ');
      const other = this.block.childBlocks.other.widget.getTextLabel();
      const unit = AGES.includes(this.comparison.value) ? this.unit.value : '';
      const end = other && other !== '–' ? `“${other}”` : '';
      return [`“${question ? question.label : this.question.value}”`, words, value, unit, end].filter(Boolean).join(' ');
    }
  }

  class TestDefinition extends StructBlockDefinition {
    render(...place) {
      const block = super.render(...place);
      block.test = new Test(block);
      return block;
    }
  }

  /* An answer to choose. That it is always offered goes without saying (see forms/kinds/choices.py). */
  class OfferedDefinition extends StructBlockDefinition {
    render(placeholder, prefix, state, ...rest) {
      return super.render(placeholder, prefix, { show_if: { join: 'all', tests: [] }, ...state }, ...rest);
    }
  }

  /* The pages of a form bring what all conditions need: the answers of shared lists, and how kinds are compared. */
  class PagesDefinition extends window.wagtailStreamField.blocks.StreamBlockDefinition {
    constructor(name, groups, states, meta) {
      super(name, groups, states, meta);
      Object.entries(meta.answers).forEach(([list, lines]) => {
        lists[list] = lines.split('\n').filter(Boolean).map((line) => line.split('\t'));
      });
      Object.assign(comparisons, meta.comparisons);
    }
  }

  /* The triggers of a form bring the questions of other forms. */
  class TriggersDefinition extends window.wagtailStreamField.blocks.StreamBlockDefinition {
    constructor(name, groups, states, meta) {
      super(name, groups, states, meta);
      this.address = meta.questions;
    }

    render(...place) {
      const block = super.render(...place);
      fetch(this.address).then((answer) => answer.json()).then(({ questions }) => {
        elsewhere = questions;
        waiting.forEach((test) => test.known());
        block.children.forEach((child) => {
          const title = child.element.querySelector('[data-panel-heading-text]');
          title.textContent = child.getTextLabel({ maxLength: 80 });
        });
      });
      return block;
    }
  }

  window.telepath.register('cdop.forms.TriggersBlock', TriggersDefinition);
  window.telepath.register('cdop.forms.OfferedBlock', OfferedDefinition);
  window.telepath.register('cdop.forms.PagesBlock', PagesDefinition);
  window.telepath.register('cdop.forms.QuestionKey', QuestionKey);
  window.telepath.register('cdop.forms.TestBlock', TestDefinition);
})();
