/*
 * Makes choosing a password easier where scripts run; everything works without. It sends nothing:
 * the advice looks at what was typed here, and the server judges it when it is sent.
 */
const password = document.getElementById('password');
const show = document.getElementById('show');
const capsLock = document.getElementById('caps-lock');
const strength = document.getElementById('strength');

if (password !== null && show !== null && capsLock !== null && strength !== null) {
  show.parentElement.hidden = false;
  show.addEventListener('change', () => {
    password.type = show.checked ? 'text' : 'password';
  });

  for (const name of ['keydown', 'keyup']) {
    password.addEventListener(name, (event) => {
      if (event instanceof KeyboardEvent) capsLock.hidden = !event.getModifierState('CapsLock');
    });
  }

  // Said when typing rests: a screen reader would read out every letter's advice otherwise.
  let resting;
  password.addEventListener('input', () => {
    clearTimeout(resting);
    resting = setTimeout(() => {
      strength.textContent = adviceOn(password.value);
    }, 400);
  });

  // A password must not be seen in the page that the browser keeps for going back.
  password.form.addEventListener('submit', () => {
    password.type = 'password';
  });
}

/** What would make it better; where it is long enough, how to make sure. */
function adviceOn(text) {
  const characters = [...text.normalize('NFC')].length;
  if (characters === 0) return '';
  if (characters < 12) {
    const missing = 12 - characters;
    return `${missing} more character${missing === 1 ? '' : 's'} needed.`;
  }
  if (characters > 128) return 'Too long: 128 characters are the most.';
  if (new Set(text.toLowerCase()).size < 6) return 'Few different letters: add another word.';
  const words = text.split(/[^\p{L}]+/u).filter((word) => word.length > 2);
  if (words.length < 3) return 'Long enough. Three words that do not belong together are safest.';
  return 'Long enough, and several words: good.';
}
