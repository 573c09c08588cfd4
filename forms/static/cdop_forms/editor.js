/* Draws a folded block of the form editor only when someone opens it (see forms/folding.py). */
(() => {
  const { StructBlockDefinition } = window.wagtailStreamField.blocks;
  const blocks = new Map();

  /* Rich text without what its editor adds on opening, such as empty lists and the order of names. */
  const plain = (value) => {
    if (!/^\{\s*"blocks"/.test(value)) return value;
    const ordered = ({ offset, length, style, key }) => [offset, length, style, key];
    const { blocks: lines, entityMap } = JSON.parse(value);
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
      this.element.addEventListener('change', ({ target }) => this.nameAfter(target));
      return this.block;
    }

    /* Fills an empty key from the words just written, as the server would on saving (forms/keys.py). */
    nameAfter({ name, value }) {
      const words = ['label', 'title'].find((part) => name === `${this.prefix}-${part}`);
      const key = this.element.querySelector(`[name="${this.prefix}-key"]`);
      if (!words || !key || key.value) return;
      const join = words === 'title' ? '-' : '_';
      const plain = value.normalize('NFKD').toLowerCase().replace(/[^a-z0-9_\s-]/g, '').trim();
      const slug = plain.replace(/[\s_-]+/g, join).replace(/^[^a-z]+/, '').slice(0, 56);
      const used = new Set([...blocks.values()].filter((block) => block !== this).flatMap((block) => block.keys()));
      let unlike = slug;
      for (let number = 2; slug && used.has(unlike); number += 1) unlike = `${slug}${join}${number}`;
      key.value = unlike;
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

  document.addEventListener('formdata', ({ formData }) => {
    const present = [...blocks.values()].filter((block) => document.contains(block.element));
    present.sort((a, b) => b.prefix.length - a.prefix.length).forEach((block) => block.post(formData));
  });
})();
