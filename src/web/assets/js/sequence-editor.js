// The editor of a sequence draws its form anew on the server for each of its buttons. Whoever is quicker than the server
// loses nothing: what is pressed meanwhile is pressed afterwards, what is typed meanwhile is typed into the new form.
(() => {
  if (window.carnetSequenceEditor) return;
  window.carnetSequenceEditor = true;

  /** The request under way: the form, its button, the fields as they were sent, and those somebody changed since. */
  let running = null;
  let waiting = [];

  const fieldsOf = (editor) =>
    [...editor.elements].filter(({ name, type }) => name && type !== 'hidden' && type !== 'submit');
  const valuesOf = (editor) => new Map(fieldsOf(editor).map(({ name, value }) => [name, value]));
  const fieldNamed = (name) => document.getElementById('editor')?.elements.namedItem(name) ?? null;

  /** Where step `at` stands once `op` is done; null when it is gone. */
  function placeAfter(at, op) {
    const [act, first] = op.split(':');
    const from = Number(first);
    if (act === 'remove') return at === from ? null : at - (at > from ? 1 : 0);
    const to = act === 'up' ? from - 1 : act === 'down' ? from + 1 : from;
    return at === from ? to : at === to ? from : at;
  }

  /** The same for variant `place` of step `at`. */
  function variantAfter(at, place, op) {
    const [act, step, gone] = op.split(':');
    if (act !== 'unvary' || Number(step) !== at) return place;
    return place === Number(gone) ? null : place - (place > Number(gone) ? 1 : 0);
  }

  /** A button pressed before `done` was, as it reads afterwards; null when what it was for is gone. */
  function opAfter(op, done) {
    const [act, step, variant] = op.split(':');
    if (step === undefined || act === 'person') return op;
    const at = placeAfter(Number(step), done);
    if (variant === undefined) return at === null ? null : `${act}:${at}`;
    const place = variantAfter(Number(step), Number(variant), done);
    return at === null || place === null ? null : `${act}:${at}:${place}`;
  }

  function nameAfter(name, op) {
    const [whole, step, rest] = /^steps\[(\d+)\](.*)$/.exec(name) ?? [];
    if (whole === undefined) return name;
    const at = placeAfter(Number(step), op);
    const [, variant] = /^\[variants\]\[(\d+)\]/.exec(rest) ?? [];
    const place = variant === undefined ? undefined : variantAfter(Number(step), Number(variant), op);
    if (at === null || place === null) return null;
    return `steps[${at}]${variant === undefined ? rest : rest.replace(`[${variant}]`, `[${place}]`)}`;
  }

  /** What an element of the form asks for: the value of its button, `channel:2`, or `save`. */
  function askedBy(element) {
    if (element.name === 'op') return element.value;
    const [, step] = /^steps\[(\d+)\]\[channel\]$/.exec(element.name ?? '') ?? [];
    if (step !== undefined) return `channel:${step}`;
    return element.id === 'editor' ? 'save' : null;
  }

  function press(op) {
    const editor = document.getElementById('editor');
    const [act, step] = op.split(':');
    if (act === 'save') editor.requestSubmit();
    else if (act === 'channel') fieldNamed(`steps[${step}][channel]`)?.dispatchEvent(new Event('change'));
    else editor.querySelector(`[name="op"][value="${op}"]`)?.click();
  }

  document.addEventListener('htmx:confirm', (event) => {
    const { elt } = event.detail;
    const op = askedBy(elt);
    if (running === null || op === null || elt.closest('#editor') === null) return;
    // Somebody who has gone to another page and come back waits for nothing any more.
    if (!running.editor.isConnected) [running, waiting] = [null, []];
    else {
      event.preventDefault();
      waiting.push(op);
    }
  });

  document.addEventListener('htmx:beforeRequest', (event) => {
    const { elt, target, xhr } = event.detail;
    const op = askedBy(elt);
    if (op === null || target.id !== 'editor' || elt.id === 'editor') return;
    running = { editor: target, xhr, op, sent: valuesOf(target), changed: [], field: null };
  });

  document.addEventListener('htmx:beforeSwap', (event) => {
    if (event.detail.xhr !== running?.xhr) return;
    const editor = document.getElementById('editor');
    if (editor === null) return;
    running.changed = [...valuesOf(editor)].filter(([name, value]) => value !== running.sent.get(name));
    const field = document.activeElement;
    if (editor.contains(field) && field.matches('input, textarea, select'))
      running.field = { name: field.name, start: field.selectionStart, end: field.selectionEnd };
  });

  document.addEventListener('htmx:afterRequest', (event) => {
    if (running === null || event.detail.xhr !== running.xhr) return;
    const { op, sent, changed, field } = running;
    running = null;
    if (event.detail.successful) bringOver(op, sent, changed, field);
    const [next, ...rest] = event.detail.successful
      ? waiting.map((one) => opAfter(one, op)).filter((one) => one !== null)
      : [];
    waiting = rest;
    if (next !== undefined) press(next);
  });

  /** Goes on after what the server may have added to a text. */
  function bringOver(op, sent, changed, writing) {
    for (const [name, typed] of changed) {
      const field = fieldNamed(nameAfter(name, op));
      const before = sent.get(name) ?? '';
      if (field === null) continue;
      field.value = field.value.startsWith(before) ? typed + field.value.slice(before.length) : typed;
      field.dispatchEvent(new Event('input', { bubbles: true }));
    }
    const field = writing && fieldNamed(nameAfter(writing.name, op));
    if (!field) return;
    field.focus();
    if (writing.start !== null && writing.start !== undefined)
      field.setSelectionRange(writing.start, writing.end);
  }
})();
