import '@/i18n/dialogs';

import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { basedOn, useBackend, useFollow, useView } from '@/app/stores/backend';
import { openDialog } from '@/app/stores/route';
import type { Skill, StaffMember } from '@/realtime/protocol';

import { useRefusal } from '../settings/refusals';
import { hasDates, type Level, levelOf, LEVELS, withLevel } from './levels';

const NONE: readonly Skill[] = [];

/** What a person can do, one row for each skill that there is. Each choice is saved at once, as in the settings. */
export function PersonSkills({ member }: { member: StaffMember }) {
  const { t } = useTranslation('dialogs');
  useFollow('settings');
  const skills = useView(({ settings }) => settings?.skills ?? NONE);
  const isLocked = useView(({ settings }) => settings?.version?.isLocked === true);
  if (skills.length === 0) return null;
  return (
    <section className="app-stack">
      <h3 className="app-h3">{t('tables.skills')}</h3>
      {skills.map((skill) => (
        <OneSkill key={skill.id} skill={skill} staffId={member.id} disabled={isLocked} />
      ))}
    </section>
  );
}

function OneSkill({ skill, staffId, disabled }: { skill: Skill; staffId: string; disabled: boolean }) {
  const { t } = useTranslation('dialogs');
  const backend = useBackend();
  const refusalOf = useRefusal();
  const [problem, setProblem] = useState('');
  const isDated = hasDates(skill.skillConfig, staffId);
  const choose = async (level: Level | null) => {
    const changes = { skillConfig: withLevel(skill.skillConfig, staffId, level) };
    const refusal = refusalOf(await backend.change({ type: 'SETTINGS_UPDATE_SKILLS', payload: { skillId: skill.id, changes, ...basedOn(backend.version) } }).outcome);
    setProblem(refusal === null ? '' : Object.values(refusal).join(' '));
  };
  return (
    <NativeSelect
      size="sm"
      label={skill.name}
      disabled={disabled}
      error={problem === '' ? null : problem}
      description={
        isDated ? (
          <button type="button" className="app-link" onClick={() => openDialog('settings', 'skills', skill.id)}>
            {t('staff.datedLevels')}
          </button>
        ) : null
      }
      value={levelOf(skill.skillConfig, staffId) ?? ''}
      onChange={({ currentTarget }) => void choose(LEVELS.find((level) => level === currentTarget.value) ?? null)}
      data={[{ value: '', label: t('staff.noLevel') }, ...LEVELS.map((level) => ({ value: level, label: t(`fields.${level}`) }))]}
    />
  );
}
