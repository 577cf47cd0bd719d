import NpsRequestNote from 'c/npsRequestNote';
import { createElement } from 'lwc';

let element;
const closed = jest.fn();

beforeEach(() => {
  element = createElement('c-nps-request-note', { is: NpsRequestNote });
  Object.assign(element, { explanation: 'It will not count.', noteLabel: 'Why', isDestructive: true });
  element.addEventListener('closed', closed);
  document.body.append(element);
});

afterEach(() => {
  element.remove();
  closed.mockClear();
});

const [leave, confirm] = [0, 1].map(
  (index) => () => element.shadowRoot.querySelectorAll('lightning-button')[index].click(),
);

function write(note, isValid = true) {
  const field = element.shadowRoot.querySelector('lightning-textarea');
  field.reportValidity = () => isValid;
  field.setCustomValidity = jest.fn();
  field.dispatchEvent(new CustomEvent('change', { detail: { value: note } }));
  return field;
}

describe('npsRequestNote', () => {
  it('closes with the note', () => {
    write('  The intern clicked. ');
    confirm();
    expect(closed.mock.calls[0][0].detail).toBe('The intern clicked.');
  });

  it('does not close without one, spaces alone are none', () => {
    const field = write('   ', false);
    confirm();
    expect(field.setCustomValidity).toHaveBeenCalledWith(' ');
    expect(closed).not.toHaveBeenCalled();
  });

  it('closes with nothing when it is left', () => {
    write('never mind');
    leave();
    expect(closed.mock.calls[0][0].detail).toBeNull();
  });
});
