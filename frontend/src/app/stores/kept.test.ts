// @vitest-environment jsdom
import { beforeEach, describe, expect, it } from 'vitest';

import { safeStorage } from '@/realtime/transport/config';

import { type Kept, KeptForms } from './kept';

const kept = (name: string, at = 1): Kept => ({ typed: { name }, began: { name: '' }, base: 7, at, name });
const open = (owner = 'me:here', tab = 't1') => new KeptForms(owner, safeStorage(() => localStorage), tab);
const full = () => {
  throw new DOMException('full', 'QuotaExceededError');
};

describe('what was typed into forms', () => {
  beforeEach(() => localStorage.clear());

  it('is there when the page is opened again, by form, until it is dropped', () => {
    const forms = open();
    forms.keep('staff/new', kept('Half a na'));
    forms.keep('settings/priorityRules/r', kept('a rule'));
    expect(open().find('staff/new')).toEqual(kept('Half a na'));
    forms.drop('staff/new');
    expect(open().find('staff/new')).toBeNull();
    expect(open().find('settings/priorityRules/r')?.name).toBe('a rule');
  });

  it('is nobody else’s, and of no other restaurant', () => {
    open().keep('staff/new', kept('mine'));
    expect(open('you:here').find('staff/new')).toBeNull();
    expect(open('me:there').find('staff/new')).toBeNull();
    expect(open('me:here2').state.getState().size).toBe(0);
  });

  it('lasts as long as the page where the browser keeps nothing, and counts as at risk', () => {
    for (const storage of [null, safeStorage(() => ({ length: 0, clear: full, key: () => null, removeItem: full, getItem: () => null, setItem: full }))]) {
      const forms = new KeptForms('me:here', storage);
      forms.keep('staff/new', kept('typed'));
      expect(forms.find('staff/new')?.name).toBe('typed');
      expect([forms.isSafe('staff/new'), forms.atRisk]).toEqual([false, 1]);
    }
    const safe = open();
    safe.keep('staff/new', kept('typed'));
    expect([safe.isSafe('staff/new'), safe.atRisk]).toEqual([true, 0]);
  });

  it('is heard of from another tab of the same user', () => {
    const [one, other] = [open(), open('me:here', 't2')];
    one.keep('staff/new', kept('typed'));
    other.hear('shiftsync-form:me:here:staff/new\tt1');
    expect(other.find('staff/new')?.name).toBe('typed');
    one.drop('staff/new');
    other.hear('shiftsync-form:me:here:staff/new\tt1');
    other.hear('something else');
    other.hear(null);
    expect(other.find('staff/new')).toBeNull();
  });

  it('does not mix where two tabs type into the same form, and saving in one takes nothing from the other', () => {
    const [one, other] = [open(), open('me:here', 't2')];
    one.keep('staff/new', kept('one', 1));
    other.hear('shiftsync-form:me:here:staff/new\tt1');
    other.keep('staff/new', kept('other', 2));
    one.hear('shiftsync-form:me:here:staff/new\tt2');
    expect([one.find('staff/new')?.name, other.find('staff/new')?.name]).toEqual(['one', 'other']);
    other.drop('staff/new');
    // A form that is empty drops what it has, more than once.
    other.drop('staff/new');
    one.hear('shiftsync-form:me:here:staff/new\tt2');
    expect([one.find('staff/new')?.name, open().find('staff/new')?.name]).toEqual(['one', 'one']);
  });

  it('goes over to the tab in which it is gone on with, when its own is gone', () => {
    open().keep('staff/new', kept('left behind', 1));
    const later = open('me:here', 't2');
    const found = later.find('staff/new');
    later.keep('staff/new', found ?? kept('nothing'));
    later.keep('staff/new', kept('left behind and gone on with', 2));
    later.drop('staff/new');
    expect([later.find('staff/new'), open('me:here', 't3').find('staff/new')]).toEqual([null, null]);
  });

  it('is dropped where it was left behind and is stored by now', () => {
    open().keep('staff/new', kept('left behind', 1));
    const later = open('me:here', 't2');
    later.drop('staff/new');
    expect(open('me:here', 't3').find('staff/new')).toBeNull();
  });

  it('of an earlier edition of the page, which named no tab, is found', () => {
    localStorage.setItem('shiftsync-form:me:here:staff/new', JSON.stringify(kept('before')));
    const forms = open();
    expect(forms.find('staff/new')?.name).toBe('before');
    forms.drop('staff/new');
    expect(localStorage).toHaveLength(0);
  });

  it.each(['', 'no JSON', '[]', '{"typed":1}', '{"typed":{},"began":[],"base":1,"at":1,"name":""}'])('is left alone where it is no longer what it was: %s', (text) => {
    localStorage.setItem('shiftsync-form:me:here:staff/new', text);
    expect(open().state.getState().size).toBe(0);
  });
});
