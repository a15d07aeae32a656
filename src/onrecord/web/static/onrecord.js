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
