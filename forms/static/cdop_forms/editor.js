/* Draws a folded block of the form editor only when someone opens it (see forms/folding.py). */
(() => {
  const { StructBlockDefinition } = window.wagtailStreamField.blocks;
  const blocks = new Map();

  /* Rich text without what its editor adds on opening, such as empty lists and the order of names. */
  const plain = (value) => {
    if (value === 'null') return '';
    if (!/^\{\s*"blocks"/.test(value)) return value;
    const ordered = ({ offset, length, style, key }) => [offset, length, style, key];
    const { blocks: lines, entityMap } = JSON.parse(value);
    if (!lines.some(({ text }) => text)) return '';
    return JSON.stringify([entityMap, lines.map((line) => [
      line.type, line.depth, line.text, line.inlineStyleRanges.map(ordered), line.entityRanges.map(ordered),
    ])]);
  };

  /* What the inputs below an element would post, as one string. */
  const entries = (element) => [...element.children].map((child) => {
    if (blocks.has(child)) return blocks.get(child).entries();
    if (!child.name) return entries(child);
    const on = child.type === 'checkbox' || child.type === 'radio' ? child.checked : '';
    const chosen = child.selectedOptions ? [...child.selectedOptions].map((option) => option.value) : plain(child.value);
    return `${child.name}=${on}${chosen}\n`;
  }).join('');

  /* What a part of a block adds to the heading under which the block is folded. */
  const words = (value, name) => {
    if (value === null || value === undefined) return '';
    if (name === 'questions') return `${value.length} ${value.length === 1 ? 'question' : 'questions'}`;
    if (name === 'show_if') return value.tests && value.tests.length ? ' · only sometimes' : '';
    return typeof value === 'object' ? '' : String(value);
  };

  const slugOf = (words, join) => {
    const plain = words.normalize('NFKD').toLowerCase().replace(/[^a-z0-9_\s-]/g, '').trim();
    return plain.replace(/[\s_-]+/g, join).slice(0, 56);
  };

  /* A slug that nothing else uses; what is nothing stays so. */
  const unlike = (slug, join, used) => {
    let found = slug;
    for (let number = 2; slug && used.includes(found); number += 1) found = `${slug}${join}${number}`;
    return found;
  };

  class FoldedBlock {
    constructor(definition, placeholder, prefix, state, error, capabilities) {
      Object.assign(this, { definition, prefix, state: state || {}, capabilities, type: definition.name });
      this.element = document.createElement('div');
      this.element.dataset.folded = '';
      this.element.innerHTML = '<input type="hidden">';
      this.field = this.element.firstChild;
      this.field.name = prefix;
      this.folded = JSON.stringify(this.state);
      this.field.value = this.folded;
      placeholder.replaceWith(this.element);
      blocks.set(this.element, this);
      this.container = window.$(this.element);
      this.toggle = this.element.closest('[data-panel]').querySelector('[data-panel-toggle]');
      this.toggle.addEventListener('wagtail:panel-toggle', (event) => event.detail.expanded && this.open());
      if (error || !words(this.state.label || this.state.title)) this.open(error);
    }

    open(error) {
      if (this.block) return this.block;
      const holder = document.createElement('div');
      this.element.append(holder);
      const plain = new StructBlockDefinition(this.type, this.definition.childBlockDefs, this.definition.meta);
      plain.collapsible = false;
      this.block = plain.render(holder, this.prefix, this.state, error, this.capabilities);
      this.untouched = entries(this.element);
      this.element.addEventListener('change', ({ target }) => { this.nameAfter(target); this.codeAfter(target); });
      return this.block;
    }

    /* Fills an empty key from the words just written, as the server would on saving (forms/keys.py). */
    nameAfter({ name, value }) {
      const words = ['label', 'title'].find((part) => name === `${this.prefix}-${part}`);
      const key = this.element.querySelector(`[name="${this.prefix}-key"]`);
      if (!words || !key || key.value) return;
      const join = words === 'title' ? '-' : '_';
      const used = [...blocks.values()].filter((block) => block !== this).flatMap((block) => block.keys());
      key.value = unlike(slugOf(value, join).replace(/^[^a-z]+/, ''), join, used);
    }

    /* The same for the code of an answer, so that a condition can name it before it was ever saved. */
    codeAfter({ name, value }) {
      const code = this.element.querySelector(`[name="${name.replace(/-label$/, '-code')}"]`);
      if (!/-value-label$/.test(name) || !code || code.value) return;
      const used = [...this.element.querySelectorAll('[name$="-code"]')].map((input) => input.value);
      code.value = unlike(slugOf(value, '_').replace(/^(?=[^a-z])/, 'a_'), '_', used);
    }

    keys() {
      const { key, questions } = this.getState();
      return [key, ...(questions || []).map(({ value }) => value.key)];
    }

    /* An opened block in which nothing was changed counts, and is posted, as if it were still folded. */
    entries() {
      const now = this.block ? entries(this.element) : this.untouched;
      return now === this.untouched ? this.folded : now;
    }

    /* Of the two ways in which an opened block is in the page, keep one. */
    post(data) {
      if (!this.block) return;
      const folded = this.entries() === this.folded;
      const inner = [...data.keys()].filter((name) => name.startsWith(`${this.prefix}-`));
      (folded ? inner : [this.prefix]).forEach((name) => data.delete(name));
    }

    getState() { return this.block ? this.block.getState() : this.state; }

    getDuplicatedState() { return this.open().getDuplicatedState(); }

    getValue() { return this.block ? this.block.getValue() : this.state; }

    setState(state) { this.open().setState(state); }

    setError(error) { if (error) this.open().setError(error); }

    focus(options) { this.open().focus(options); }

    getTextLabel({ maxLength = 90 } = {}) {
      const state = this.getState();
      const label = (this.definition.meta.labelFormat || '').replace(/\{(\w+)\}/g, (_, name) => words(state[name], name));
      return label.length > maxLength + 30 ? `${label.slice(0, maxLength + 29)}…` : label;
    }
  }

  class FoldedBlockDefinition extends StructBlockDefinition {
    render(placeholder, prefix, state, error, capabilities) {
      return new FoldedBlock(this, placeholder, prefix, state, error, capabilities);
    }
  }

  window.telepath.register('cdop.forms.FoldedBlock', FoldedBlockDefinition);

  /* Opens the blocks in which a finding of the checks lies, one inside the other, and goes there. */
  document.addEventListener('click', (event) => {
    const link = event.target.closest('[data-cdop-open]');
    if (!link) return;
    event.preventDefault();
    link.dataset.cdopOpen.split(' ').forEach((id) => {
      const panel = document.getElementById(`block-${id}-section`);
      const toggle = panel && panel.querySelector('[data-panel-toggle]');
      if (toggle && toggle.getAttribute('aria-expanded') === 'false') toggle.click();
      if (panel) panel.scrollIntoView();
      if (toggle) toggle.focus({ preventScroll: true });
    });
  });

  /* Wagtail takes a block out of the page to move it, and the focus with it. At the end of its way its button is off. */
  const keepFocus = ({ target }) => {
    const pressed = target.closest('[data-streamfield-action^=MOVE_]');
    if (!pressed) return;
    const toggle = pressed.closest('[data-panel]').querySelector('[data-panel-toggle]');
    setTimeout(() => (pressed.disabled ? toggle : pressed).focus());
  };
  document.addEventListener('click', keepFocus, true); // Wagtail stops the click at its button.

  const deleted = (block) => {
    const input = block.element.closest('[data-streamfield-child]').querySelector('input[name$="-deleted"]');
    return input.value === '1';
  };
  const below = (element) => [...element.querySelectorAll('[data-folded]')].map((found) => blocks.get(found))
    .filter((block) => block && !deleted(block));
  const parentOf = (block) => blocks.get(block.element.parentElement.closest('[data-folded]'));
  const question = (kind, state, page, block) => ({
    kind,
    page,
    block,
    key: state.key,
    label: state.label || state.key,
    unknown: state.unknown || [],
    list: [state.list].flat()[0],
    choices: (state.choices || []).map(({ value }) => [value.code, value.label]),
    parts: () => questionsIn(block || { state }, state.label || state.key),
  });

  /* The questions directly in a page or repeat group, whether it was opened or not. */
  const questionsIn = (holder, title) => {
    if (!holder.block) return (holder.state.questions || []).map(({ type, value }) => question(type, value, title));
    return below(holder.element).filter((block) => parentOf(block) === holder)
      .map((block) => question(block.type, block.getState(), title, block));
  };

  /* The questions that come before a place in the form: all of them for a place outside its pages. */
  const questionsFor = (element) => {
    const own = blocks.get(element.closest('[data-folded]'));
    const holders = own ? [own, parentOf(own), parentOf(own) && parentOf(parentOf(own))] : [];
    const found = [];
    const pages = below(document).filter((block) => block.type === 'page');
    for (const page of pages) {
      if (page === own) break;
      const title = page.getState().title || 'Page';
      for (const each of questionsIn(page, title)) {
        if (holders.includes(each.block) && each.block) {
          if (each.block !== own) {
            const inner = questionsIn(each.block, each.label);
            found.push(...inner.slice(0, inner.findIndex(({ block }) => block === own)));
          }
          return found.filter(({ key }) => key);
        }
        if (each.kind !== 'information') found.push(each);
      }
    }
    return found.filter(({ key }) => key);
  };

  /* The questions of the repeat group that is chosen in a list whose name starts like this. */
  const partsFor = (element, start) => {
    const lists = [...element.closest('[data-folded]').querySelectorAll(`select[name^="${start}"]`)];
    const chosen = lists.find((list) => list.value && !deleted({ element: list }));
    const group = chosen && questionsFor(element).find(({ key, kind }) => key === chosen.value && kind === 'repeat');
    return group ? group.parts() : [];
  };

  window.cdopForms = { questionsFor, partsFor };

  /* Whom a receipt can be sent to: also a question that was added just now. */
  const listAddresses = ({ target }) => {
    if (target.id !== 'id_acknowledge') return;
    const { value } = target;
    const asked = questionsFor(target).filter(({ kind, key }) => kind === 'email' || key === value);
    if (value && !asked.some(({ key }) => key === value)) asked.push({ key: value, label: value });
    target.replaceChildren(target.options[0], ...asked.map(({ key, label }) => new Option(label, key)));
    target.value = value;
  };
  ['focusin', 'mousedown'].forEach((event) => document.addEventListener(event, listAddresses));

  /* The data dictionary, asked for once: when somebody first comes to the box of a data item. */
  const listItems = ({ target }) => {
    const address = target.dataset?.items;
    if (!address || document.getElementById(target.getAttribute('list'))) return;
    const list = document.createElement('datalist');
    list.id = target.getAttribute('list');
    document.body.append(list);
    fetch(address).then((answer) => answer.json()).then(({ items }) => {
      list.append(...items.map(([name, words]) => Object.assign(new Option(words, name), { label: words })));
    });
  };
  document.addEventListener('focusin', listItems);

  document.addEventListener('formdata', ({ formData }) => {
    const present = [...blocks.values()].filter((block) => document.contains(block.element));
    present.sort((a, b) => b.prefix.length - a.prefix.length).forEach((block) => block.post(formData));
  });
})();
