import { describe, expect, it } from 'vitest';
import { allowList } from '../../src/nps/allow-list.ts';

describe('the allow-list', () => {
  it('of a production org lets everybody be mailed', () => {
    expect(allowList(false, [])('ann@acme.example')).toBe(true);
  });

  it('of a sandbox is nobody when it is empty', () => {
    expect(allowList(true, [])('ann@acme.example')).toBe(false);
  });

  it('of a sandbox is everybody with a star', () => {
    expect(allowList(true, ['qa@us.example', '*'])('ann@acme.example')).toBe(true);
  });

  it.each([
    ['ann@acme.example', true],
    ['ANN@ACME.example', true],
    ['ben@acme.example', false],
    ['anybody@us.example', true],
    ['"odd@name"@us.example', true],
    ['anybody@not-us.example', false],
    ['anybody@sub.us.example', false],
    ['anybody@us.example.evil.example', false],
    ['us.example', false],
    ['', false],
  ])('of one address and one domain says of %s: %s', (email, may) => {
    expect(allowList(true, ['Ann@acme.example', '@US.example'])(email)).toBe(may);
  });
});
