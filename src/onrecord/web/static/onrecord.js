// Small helps; every page works without them.
'use strict';

// Days in the reader's own format.
const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeZone: 'UTC' });
for (const time of document.querySelectorAll('time[datetime]')) {
  if (/^\d{4}-\d{2}-\d{2}$/.test(time.dateTime)) time.textContent = day.format(new Date(time.dateTime));
}

// Copy as a citation.
for (const button of document.querySelectorAll('button[data-copy]')) {
  if (!navigator.clipboard) break;
  button.hidden = false;
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.textContent = 'Copied';
  });
}

// The slider through time sets the day, and asks for the table once it is let go.
for (const slider of document.querySelectorAll('input[type=range][data-first]')) {
  const first = Date.parse(slider.dataset.first);
  const field = slider.form.elements[slider.dataset.sets];
  slider.closest('label').hidden = false;
  if (field.value) slider.value = Math.round((Date.parse(field.value) - first) / 864e5);
  slider.addEventListener('input', () => {
    field.value = new Date(first + slider.value * 864e5).toISOString().slice(0, 10);
  });
  slider.addEventListener('change', () => slider.form.requestSubmit());
}

// In a report, a note in the margin lights up its words.
for (const link of document.querySelectorAll('.margin a[data-entry]')) {
  const light = (on) => {
    for (const piece of document.querySelectorAll('[data-entries]')) {
      piece.classList.toggle('lit', on && piece.dataset.entries.split(' ').includes(link.dataset.entry));
    }
  };
  link.addEventListener('mouseenter', () => light(true));
  link.addEventListener('focus', () => light(true));
  link.addEventListener('mouseleave', () => light(false));
  link.addEventListener('blur', () => light(false));
}

// Review: keys act on the entry that has the focus; each does what a button or link there does.
const queue = document.querySelector('.queue');
const dues = queue ? [...queue.querySelectorAll('.due')] : [];
if (dues.length && document.getElementById('keys')) {
  document.getElementById('keys').hidden = false;
  (dues.find((due) => `#${due.id}` === location.hash) || dues[0]).focus({ preventScroll: !location.hash });
  queue.addEventListener('keydown', (event) => {
    const form = event.target.closest('details form');
    if (form && event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.requestSubmit(form.querySelector('[value=correct]'));
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const due = event.target.closest('.due');
    if (event.key === 'Escape') due.focus();
    if (event.target.closest('input, select, textarea')) return;
    const there = dues.indexOf(due) + { j: 1, k: -1 }[event.key];
    if (dues[there]) dues[there].focus();
    if (event.key === 'u') document.querySelector('.note button[value=undo]')?.click();
    if (event.key === 'a' || event.key === 'r') due.querySelector(`[data-key=${event.key}]`).click();
    if (event.key === 'c') {
      due.querySelector('details').open = true;
      due.querySelector('details label :is(input, select)').focus();
      event.preventDefault();
    }
  });
}

// The words of an entry can be taken from its sentence, by selecting them.
for (const button of document.querySelectorAll('button.take')) {
  const place = button.closest('.due, main').querySelector('[data-start]');
  const quote = place?.querySelector('blockquote');
  if (!quote) continue;
  button.hidden = false;
  button.addEventListener('mousedown', (event) => event.preventDefault());
  button.addEventListener('click', () => {
    const selection = getSelection();
    if (!selection.rangeCount || !quote.contains(selection.anchorNode) || !quote.contains(selection.focusNode)) return;
    const range = selection.getRangeAt(0);
    const before = document.createRange();
    before.setStart(quote, 0);
    before.setEnd(range.startContainer, range.startOffset);
    const start = +place.dataset.start + [...before.toString()].length;
    button.form.elements.span.value = `${start}:${start + [...range.toString()].length}`;
  });
}

// Files can be dropped, and are sent with a bar that shows how far they are.
const add = document.getElementById('add');
if (add) {
  const field = add.elements.files;
  for (const kind of ['dragover', 'dragleave', 'drop']) {
    add.addEventListener(kind, (event) => {
      event.preventDefault();
      add.classList.toggle('over', kind === 'dragover');
    });
  }
  add.addEventListener('drop', (event) => {
    field.files = event.dataTransfer.files;
    if (field.files.length) add.requestSubmit();
  });
  add.addEventListener('submit', (event) => {
    event.preventDefault();
    const bar = add.querySelector('progress');
    const told = add.querySelector('.sent');
    const request = new XMLHttpRequest();
    bar.hidden = false;
    request.upload.addEventListener('progress', (part) => { bar.value = part.loaded / part.total; });
    request.addEventListener('load', () => {
      if (request.status === 200) location.assign(request.responseURL);
      else told.textContent = new DOMParser().parseFromString(request.responseText, 'text/html').querySelector('main p')?.textContent || 'That was not taken.';
    });
    request.addEventListener('error', () => { told.textContent = 'The server does not answer.'; });
    request.open('POST', add.action);
    request.setRequestHeader('X-CSRF', add.elements.csrf.value);
    request.send(new FormData(add));
  });
}

// What becomes of files that were sent, looked at until all are done.
const follow = async () => {
  const now = document.getElementById('delivery');
  if (!now?.dataset.again) return;
  await new Promise((wait) => { setTimeout(wait, +now.dataset.again); });
  const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), 'text/html');
  now.replaceWith(page.getElementById('delivery'));
  follow();
};
follow();
