import '../settings/settings.css';
import '../settings/mantine.css';
import '@/i18n/dialogs';

import { ActionIcon, Button, Group, SegmentedControl, TextInput } from '@mantine/core';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { type Backend, basedOn, useBackend, useCanEdit, useFollow, useView } from '@/app/stores/backend';
import { KeptMark } from '@/app/shell/keeping';
import { useKeptBelow, useKeptForms } from '@/app/stores/kept';
import { Dialog } from '@/app/ui/Dialog';
import { Icon } from '@/app/ui/Icon';
import { useToday } from '@/app/stores/today';
import { closeDialog } from '@/app/stores/route';
import { toast } from '@/app/stores/toasts';
import { Unknown } from '@/app/shell/Unknown';
import { hasLeft } from '@/realtime/protocol/dates';
import { uuid } from '@/realtime/protocol/ids';
import type { DateKey, Period, StaffFields, StaffMember } from '@/realtime/protocol';

import { AvailabilityList } from '../availability/AvailabilityList';
import type { Values } from '../settings/fields';
import { RowForm } from '../settings/RowForm';
import { useRefusal } from '../settings/refusals';
import { NEW, useChosen } from '../settings/useChosen';
import { useDetail } from '../settings/useDetail';
import { ManyForm } from './ManyForm';
import { PersonSkills } from './PersonSkills';
import { SeveralForm } from './SeveralForm';
import { BY_STATUS, newcomerDescription, staffDescription } from './description';

/** In the place of an id: the form that adds a whole list, and the one that changes several. */
const SEVERAL = 'several';
const MANY = 'many';
const FORMS: readonly (string | null)[] = [NEW, SEVERAL, MANY];
const NOBODY: ReadonlyMap<string, StaffMember> = new Map();

/** Who works here: add, edit, order, deactivate, restore. */
export default function StaffDialog({ path }: { path: readonly string[]; period: Period | undefined }) {
  const { t } = useTranslation('dialogs');
  useFollow('staff');
  const isKnown = useView(({ staff }) => staff !== null);
  return (
    <Dialog title={t('staff.title')} onClose={closeDialog} size={980}>
      {isKnown ? <Everybody first={path[0] ?? null} /> : <Unknown />}
    </Dialog>
  );
}

const placeOf = (id: string) => `staff/${id}`;

function Everybody({ first }: { first: string | null }) {
  const { t } = useTranslation('dialogs');
  const members = useView(({ staff }) => staff?.members ?? NOBODY);
  const [shown, setShown] = useState<'active' | 'inactive'>('active');
  const [query, setQuery] = useState('');
  const canEdit = useCanEdit();
  const kept = useKeptBelow('staff');
  const all = [...members.values()].sort((a, b) => a.staffOrder - b.staffOrder);
  const today = useToday();
  const listed = all.filter((member) => hasLeft(member, today) !== (shown === 'active') && member.name.includes(query.trim()));
  const [chosen, setChosen] = useChosen(FORMS.includes(first) || members.has(first ?? '') ? first : null, listed[0]?.id ?? null);
  const { detail, choose } = useDetail(setChosen, first !== null);
  const member = FORMS.includes(chosen) ? null : (members.get(chosen ?? '') ?? null);
  return (
    <div className="st-panel sf-panel">
      <div className="st-rows">
        <SegmentedControl
          fullWidth
          size="xs"
          value={shown}
          onChange={(value) => {
            setShown(value === 'active' ? 'active' : 'inactive');
            setChosen(null);
          }}
          data={(['active', 'inactive'] as const).map((value) => ({ value, label: t(`staff.${value}`) }))}
        />
        <TextInput mt="xs" size="sm" type="search" aria-label={t('staff.search')} placeholder={t('staff.search')} value={query} onChange={(event) => setQuery(event.currentTarget.value)} />
        {canEdit && (
          <Button mt="xs" fullWidth variant="default" size="sm" leftSection={<Icon name="plus" size={16} />} onClick={() => choose(NEW)}>
            {t('staff.add')} {kept.includes(placeOf(NEW)) && chosen !== NEW && <KeptMark />}
          </Button>
        )}
        {canEdit && (
          <Button mt={4} fullWidth variant="subtle" size="sm" onClick={() => choose(SEVERAL)}>
            {t('staff.several')} {kept.includes(placeOf(SEVERAL)) && chosen !== SEVERAL && <KeptMark />}
          </Button>
        )}
        {canEdit && shown === 'active' && listed.length > 1 && (
          <Button fullWidth variant="subtle" size="sm" onClick={() => choose(MANY)}>
            {t('staff.many')}
          </Button>
        )}
        <Members members={listed} chosen={member?.id ?? null} onChoose={choose} canOrder={canEdit && shown === 'active' && query === ''} />
      </div>
      <div ref={detail} className="st-detail">
        {chosen === SEVERAL && canEdit && <SeveralForm onDone={setChosen} />}
        {chosen === MANY && canEdit && <ManyForm members={listed} onDone={() => setChosen(null)} />}
        {(member !== null || chosen === NEW) && <MemberForm key={member?.id ?? NEW} member={member} canEdit={canEdit} onChosen={setChosen} />}
      </div>
    </div>
  );
}

interface MembersProps {
  readonly members: readonly StaffMember[];
  readonly chosen: string | null;
  readonly onChoose: (id: string) => void;
  readonly canOrder: boolean;
}

function Members({ members, chosen, onChoose, canOrder }: MembersProps) {
  const { t } = useTranslation('dialogs');
  const backend = useBackend();
  const kept = useKeptBelow('staff');
  const move = (index: number, by: number) => {
    const ids = members.map(({ id }) => id);
    const [moved] = ids.splice(index, 1);
    if (moved === undefined) return;
    ids.splice(index + by, 0, moved);
    backend.change({ type: 'STAFF_REORDER', payload: { staffIds: ids } });
  };
  return (
    <ul className="st-scroll">
      {members.map((member, index) => (
        <li key={member.id} className="st-member">
          <button
            type="button"
            className={member.id === chosen ? 'st-row st-on' : 'st-row'}
            aria-current={member.id === chosen ? 'true' : undefined}
            onClick={() => onChoose(member.id)}
          >
            <span>{member.name}</span>
            {kept.includes(placeOf(member.id)) ? <KeptMark /> : <small className="app-dim">{member.position}</small>}
          </button>
          {canOrder && member.id === chosen && (
            <>
              <ActionIcon variant="subtle" color="gray" aria-label={`${t('staff.up')}: ${member.name}`} disabled={index === 0} onClick={() => move(index, -1)}>
                ↑
              </ActionIcon>
              <ActionIcon variant="subtle" color="gray" aria-label={`${t('staff.down')}: ${member.name}`} disabled={index === members.length - 1} onClick={() => move(index, 1)}>
                ↓
              </ActionIcon>
            </>
          )}
        </li>
      ))}
    </ul>
  );
}

const dayIn = (value: unknown): string => (typeof value === 'string' ? value : '');

interface FormProps {
  readonly member: StaffMember | null;
  readonly canEdit: boolean;
  readonly onChosen: (id: string | null) => void;
}

function MemberForm({ member, canEdit, onChosen }: FormProps) {
  const { t } = useTranslation('dialogs');
  const backend = useBackend();
  const refusalOf = useRefusal();
  const [isLeaving, setLeaving] = useState(false);
  const place = placeOf(member?.id ?? NEW);
  const forms = useKeptForms();
  const [validFrom, setValidFrom] = useState(() => dayIn(forms.find(place)?.typed['validFrom']));
  const today = useToday();
  const save = useCallback(
    async (changes: Values, base: number) => {
      const id = member?.id ?? uuid();
      const refusal = refusalOf(await write(backend, member, id, changes, { validFrom, base }));
      if (refusal === null && member === null) {
        toast('good', t('staff.created', { name: String(changes['name']) }));
        onChosen(id);
      }
      return refusal;
    },
    [backend, member, onChosen, refusalOf, t, validFrom],
  );
  const left = member !== null && hasLeft(member, today);
  // Who goes while one types: what one has typed can still be read.
  const [isShown] = useState(() => !left || forms.find(place) !== null);
  return (
    <>
      {left && (
        <div className="app-stack">
          <p>
            <b>{member.name}</b> {member.position}
          </p>
          {canEdit && (
            <FromDay
              first={today}
              text={t('staff.restoreText', { name: member.name })}
              action={t('staff.restore')}
              onChosen={(from, base) => backend.change({ type: 'STAFF_RESTORE', payload: { staffId: member.id, from, ...basedOn(base) } })}
            />
          )}
        </div>
      )}
      {member !== null && !left && isLeaving && (
        <FromDay
          first={today}
          text={t('staff.deactivateText', { name: member.name })}
          action={t('staff.deactivate')}
          isDanger
          onCancel={() => setLeaving(false)}
          onChosen={(from, base) => {
            setLeaving(false);
            backend.change({ type: 'STAFF_DELETE', payload: { staffId: member.id, from, ...basedOn(base) } });
          }}
        />
      )}
      {member !== null && !left && !isLeaving && canEdit && (
        <TextInput
          type="date"
          mb="sm"
          label={t('staff.validFrom')}
          description={t('staff.validFromText')}
          value={validFrom}
          onChange={(event) => setValidFrom(event.currentTarget.value)}
        />
      )}
      {isShown && (
        <RowForm
          place={place}
          name={member?.name ?? t('staff.add')}
          along={{ validFrom }}
          description={member === null ? newcomerDescription : staffDescription}
          row={member === null ? newcomerDescription.blank : { ...member }}
          isNew={member === null}
          disabled={!canEdit || left || isLeaving}
          save={save}
          removeLabel={t('staff.deactivate')}
          onRemove={member === null ? null : () => setLeaving(true)}
          onCancel={member === null ? () => onChosen(null) : null}
        />
      )}
      {member !== null && !left && !isLeaving && canEdit && (
        <>
          <PersonSkills member={member} />
          <AvailabilityList staffId={member.id} />
        </>
      )}
    </>
  );
}

interface FromDayProps {
  readonly first: DateKey;
  readonly text: string;
  readonly action: string;
  readonly isDanger?: boolean;
  readonly onCancel?: () => void;
  /** `base`: the version that was seen when it was asked. */
  readonly onChosen: (day: DateKey, base: number) => void;
}

/** Asks from which day on, and says what comes of it. */
function FromDay({ first, text, action, isDanger = false, onCancel, onChosen }: FromDayProps) {
  const { t } = useTranslation('dialogs');
  const backend = useBackend();
  const [base] = useState(backend.version);
  const [day, setDay] = useState(first);
  return (
    <div className="app-stack">
      <p className="app-tight">{text}</p>
      <TextInput type="date" label={t('staff.fromDay')} value={day} onChange={(event) => setDay(event.currentTarget.value)} />
      <Group gap="xs">
        {onCancel !== undefined && (
          <Button variant="default" onClick={onCancel}>
            {t('actions.cancel')}
          </Button>
        )}
        <Button color={isDanger ? 'red' : 'blue'} disabled={day === ''} onClick={() => onChosen(day, base)}>
          {action}
        </Button>
      </Group>
    </div>
  );
}

function write(backend: Backend, member: StaffMember | null, id: string, changes: Values, { validFrom, base }: { validFrom: string; base: number }) {
  const { blankMeans, ...others } = changes as StaffFields;
  const isByStatus = (blankMeans as string | undefined) === BY_STATUS;
  const fields: StaffFields = blankMeans === undefined || isByStatus ? others : { ...others, blankMeans };
  const submitted =
    member === null
      ? backend.change({ type: 'STAFF_CREATE', payload: { name: '', ...fields, id } })
      : backend.change({ type: 'STAFF_UPDATE', payload: { staffId: id, changes: fields, ...(validFrom === '' ? {} : { validFrom }), ...basedOn(base) } });
  return submitted.outcome;
}
