import { describe, expect, it } from 'vitest';

import type { StaffMember } from '../protocol';
import type { ChangeRequest } from '../state/predictions';
import { fakeRest } from '../testing/fakeRest';
import { SCHEDULE } from '../testing/fakeWire';
import { live, world } from '../testing/inAWorld';
import { DAY, edit, REST_ONLY, shown, SOCKET } from '../testing/world';

describe('what the author had seen', () => {
  it('base_version__given_with_the_change__is_the_one_that_is_sent', async () => {
    const client = await live();
    world.server.commitCells([{ staffId: 's2', dateKey: DAY, shiftValue: '○' }]);
    await world.run(100);
    const payload = { scheduleId: SCHEDULE, staffId: 's1', dateKey: DAY, shiftValue: '×', baseVersion: 0 };
    client.change({ type: 'SHIFT_UPDATE', payload });
    await world.run(100);
    expect(world.network.received.find(({ type }) => type === 'SHIFT_UPDATE')?.payload).toMatchObject({ baseVersion: 0 });
  });

  it('base_version__of_another_past_of_the_server__is_none_that_does_not_exist_yet', async () => {
    const client = await live();
    const payload = { scheduleId: SCHEDULE, staffId: 's1', dateKey: DAY, shiftValue: '×', baseVersion: 900 };
    client.change({ type: 'SHIFT_UPDATE', payload });
    await world.run(100);
    expect(world.network.received.find(({ type }) => type === 'SHIFT_UPDATE')?.payload).toMatchObject({ baseVersion: client.version - 1 });
  });

  it('edit_made_offline__asks_its_author_where_a_colleague_was_faster', async () => {
    const client = await live();
    edit(client, '○');
    await world.run(200);
    world.network.faults.isDown = true;
    world.network.cut();
    await world.run(50);
    edit(client, '×');
    await world.run(100);
    world.network.faults.isDown = false;
    await world.run(40_000, 100);
    const sent = world.network.received.filter(({ type }) => type === 'SHIFT_UPDATE').map(({ payload }) => payload);
    expect(sent[0]).not.toHaveProperty('strategy');
    expect(sent[1]).toMatchObject({ shiftValue: '×', strategy: 'user_choice' });
  });

  it('row__written_over_by_another__is_told_to_who_wrote_it_with_a_way_back', async () => {
    world.server.staff.set('p1', { id: 'p1', name: '田中', staffOrder: 1, isActive: true } as StaffMember);
    const [one, other] = [await live(), await live()];
    one.change({ type: 'STAFF_UPDATE', payload: { staffId: 'p1', changes: { name: '山田' } } });
    await world.run(200);
    other.change({ type: 'STAFF_UPDATE', payload: { staffId: 'p1', changes: { position: '寿司' } } });
    await world.run(200);
    expect(one.notices.getState()).toEqual([]);
    other.change({ type: 'STAFF_UPDATE', payload: { staffId: 'p1', changes: { name: '佐藤' } } });
    await world.run(200);
    const again = { type: 'STAFF_UPDATE', payload: { staffId: 'p1', changes: { name: '山田' } } } as const;
    expect(one.notices.getState()).toMatchObject([{ kind: 'overwrittenRow', name: '佐藤', items: [{ entityId: 'p1', field: 'name', yours: '山田', theirs: '佐藤' }], again }]);
    expect(other.notices.getState()).toEqual([]);
    one.change(again);
    await world.run(200);
    expect(world.server.staff.get('p1')).toMatchObject({ name: '山田', position: '寿司' });
  });

  it('order__of_the_staff_written_over_by_another__is_told_to_who_made_it', async () => {
    ['p1', 'p2', 'p3'].forEach((id, index) => world.server.staff.set(id, { id, name: id, staffOrder: index + 1, isActive: true } as StaffMember));
    const [one, other] = [await live(), await live()];
    one.change({ type: 'STAFF_REORDER', payload: { staffIds: ['p3'] } });
    await world.run(200);
    other.change({ type: 'STAFF_REORDER', payload: { staffIds: ['p2'] } });
    await world.run(200);
    expect(one.notices.getState()).toMatchObject([{ kind: 'overwrittenRow', again: { type: 'STAFF_REORDER', payload: { staffIds: ['p3', 'p1', 'p2'] } } }]);
  });

  it('part_that_was_left_as_others_have_it__is_not_told_as_overwritten', async () => {
    const client = await live();
    const item = { entity: 'shift', entityId: `${SCHEDULE}/s1/${DAY}`, field: 'shiftValue', base: '', yours: '×', theirs: '○', theirAuthor: '', changedAt: null };
    world.server.answer = () => ({ refused: [item] });
    edit(client, '×');
    await world.run(200);
    expect(client.notices.getState()).toMatchObject([{ kind: 'left', items: [item] }]);
  });

  it.each([
    ['the socket', SOCKET],
    ['REST', REST_ONLY],
  ])('%s__somebody_was_first_where_the_first_writer_wins__is_told_as_refused_and_is_no_choice', async (_, config) => {
    const client = await world.open({ config, fetch: fakeRest(world.server).fetch });
    await world.run(500);
    const { version } = client;
    world.server.strategy = 'first_writer_wins';
    world.server.commitCells([{ staffId: 's1', dateKey: DAY, shiftValue: '○' }]);
    await world.run(5000, 100);
    client.change({ type: 'SHIFT_UPDATE', payload: { scheduleId: SCHEDULE, staffId: 's1', dateKey: DAY, shiftValue: '×', baseVersion: version } });
    await world.run(5000, 100);
    expect(client.notices.getState()).toMatchObject([{ kind: 'refused', error: { code: 'conflict' } }]);
    expect(client.outbox.getState()).toEqual([]);
    expect(shown(client)).toBe('○');
  });

  const MEANWHILE = [
    [{ type: 'STAFF_DELETE', payload: { staffId: 'p1' } }, { type: 'STAFF_UPDATE', payload: { staffId: 'p1', changes: { name: '山田' } } }, [{ entityId: 'p1', yours: null, theirs: '山田' }]],
    [{ type: 'STAFF_REORDER', payload: { staffIds: ['p2', 'p1'] } }, { type: 'STAFF_REORDER', payload: { staffIds: ['p3'] } }, [{ yours: ['p2', 'p1', 'p3'], theirs: ['p3', 'p1', 'p2'] }]],
  ] as const satisfies readonly (readonly [ChangeRequest, ChangeRequest, readonly object[]])[];

  it.each([
    ...MEANWHILE.map((each) => ['the socket', SOCKET, ...each] as const),
    ...MEANWHILE.map((each) => ['REST', REST_ONLY, ...each] as const),
  ])('%s__what_waited_offline_and_meets_a_colleagues_change__is_held_until_its_author_decides', async (_, config, mine, theirs, items) => {
    const rest = fakeRest(world.server);
    ['p1', 'p2', 'p3'].forEach((id, index) => world.server.staff.set(id, { id, name: id, staffOrder: index + 1, isActive: true } as StaffMember));
    const [client, colleague] = [await world.open({ config, fetch: rest.fetch }), await live()];
    await world.run(500);
    rest.isDown = true;
    // Over REST nothing tells that the network is gone but what fails.
    if (config.socketUrl === null) await world.run(40_000, 100);
    else {
      world.network.faults.isDown = true;
      [...world.network.sockets][0]?.broken();
      await world.run(50);
    }
    const { requestId } = client.change(mine);
    world.network.faults.isDown = false;
    colleague.change(theirs);
    await world.run(200);
    rest.isDown = false;
    await world.run(60_000, 100);
    expect(client.outbox.getState()).toMatchObject([{ requestId, held: { kind: 'conflict', items } }]);
    expect(world.server.applied.get(requestId)).toBeUndefined();
    const again = client.insist(requestId)?.requestId ?? '';
    await world.run(5000, 100);
    expect(world.server.applied.get(again)).toBe(1);
    expect(client.outbox.getState()).toEqual([]);
  });

  it('cell__written_over_by_another__is_told_to_who_wrote_it', async () => {
    const [one, other] = [await live(), await live()];
    edit(one, '×');
    await world.run(200);
    edit(other, '○');
    await world.run(200);
    expect(one.notices.getState()).toMatchObject([
      { kind: 'overwritten', items: [{ yours: '×', theirs: '○', cell: { staffId: 's1', dateKey: DAY } }] },
    ]);
    expect(other.notices.getState()).toEqual([]);
  });
});
