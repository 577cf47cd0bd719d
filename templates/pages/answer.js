// Tells a person's visit from a scanner's fetch. The form works without it.
const form = document.querySelector('form[data-answer]');
const dwell = 700;
let told = false;

/** A page a person looks at is visible; most scanners load theirs hidden or leave at once. */
function noteVisible() {
  if (document.visibilityState !== 'visible') return;
  form.elements.seen.value = 'yes';
  setTimeout(() => {
    if (told || document.visibilityState !== 'visible') return;
    told = true;
    navigator.sendBeacon(`${location.pathname}/seen`);
  }, dwell);
}

// A click that a script made is not trusted; pressing Enter makes a trusted click on the button, too.
form.querySelector('button').addEventListener('click', (event) => {
  if (event.isTrusted) form.elements.pressed.value = 'yes';
});
document.addEventListener('visibilitychange', noteVisible);
noteVisible();
