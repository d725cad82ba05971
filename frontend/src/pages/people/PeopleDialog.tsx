import './people.css';
import '@/i18n/people';

import { useTranslation } from 'react-i18next';

import { useCanEdit, useFollow, useIsOwner, useView } from '@/app/stores/backend';
import { closeDialog } from '@/app/stores/route';
import { useRead } from '@/app/stores/rest';
import { Dialog } from '@/app/ui/Dialog';
import { useErrorWords } from '@/app/ui/errorWords';
import { useAnswer } from '@/app/ui/useAnswer';
import { Unknown } from '@/app/shell/Unknown';
import type { StaffMember } from '@/realtime/protocol';

import { Invite } from './Invite';
import { Members } from './Members';
import { OpenLinks } from './OpenLinks';
import type { Choice } from './roles';

const NOBODY: ReadonlyMap<string, StaffMember> = new Map();

/** Who may open the restaurant, as what, and who on the schedule they are; and those who are invited. */
export default function PeopleDialog() {
  const { t } = useTranslation('people');
  const canEdit = useCanEdit();
  return (
    <Dialog title={t('title')} onClose={closeDialog} size={820}>
      {canEdit && <Everybody />}
    </Dialog>
  );
}

function Everybody() {
  const isOwner = useIsOwner();
  const read = useRead();
  const words = useErrorWords();
  useFollow('staff');
  const staff = useView((state) => state.staff?.members ?? NOBODY);
  const answer = useAnswer('people', async () => Promise.all([read('/api/memberships/'), read('/api/invitation-links/')]), true);
  if (answer.state === 'loading') return <Unknown />;
  if (answer.state === 'failed') return <p className="app-failed">{words(answer.failure)}</p>;
  const [members, links] = answer.value;
  const people: Choice[] = [...staff.values()]
    .filter(({ isActive }) => isActive)
    .sort((a, b) => a.staffOrder - b.staffOrder)
    .map(({ id, name }) => ({ id, name }));
  const taken = new Set(members.map(({ staffId }) => staffId));
  return (
    <div className="pp">
      <Invite isOwner={isOwner} people={people.filter(({ id }) => !taken.has(id))} onMade={answer.again} />
      <OpenLinks links={links} people={people} onChanged={answer.again} />
      <Members members={members} people={people} isOwner={isOwner} onChanged={answer.again} />
    </div>
  );
}
