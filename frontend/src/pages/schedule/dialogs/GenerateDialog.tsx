import '@mantine/core/styles/Input.css';
import '@mantine/core/styles/Checkbox.css';
import '@mantine/core/styles/Radio.css';
import '@mantine/core/styles/InlineInput.css';
import '@mantine/core/styles/Progress.css';

import { Button, Checkbox, Group, Progress, Radio } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useBackend, useBackendStore } from '@/app/stores/backend';
import { Dialog } from '@/app/ui/Dialog';
import { useErrorWords } from '@/app/ui/errorWords';
import { NumberField } from '@/app/ui/NumberField';
import { useRemembered } from '@/app/stores/remembered';
import { toast } from '@/app/stores/toasts';
import type { Job } from '@/realtime/jobs/jobs';
import type { Generate } from '@/realtime/protocol';
import { GENERATE } from '@/realtime/protocol/bounds.gen';

import type { ScheduleDialogProps } from './props';
import { useAskedBy, useGeneration } from '../useGeneration';
import { HowItWent } from './HowItWent';
import { Proposal } from './Proposal';

const { minimum: FEWEST_SECONDS, maximum: MOST_SECONDS } = GENERATE.timeLimitSeconds;

type Keep = NonNullable<Generate['keep']>;
const KEEPS: readonly Keep[] = ['filled', 'locked', 'none'];

/** Fills the month, or repairs it: options, progress, and a proposal that changes nothing until it is applied. */
export default function GenerateDialog({ source, month, path, onClose }: ScheduleDialogProps) {
  const { t } = useTranslation();
  const backend = useBackend();
  const words = useErrorWords();
  const repair = path[0] === 'repair';
  const { active, proposal } = useGeneration(source.scheduleId);
  const [own, setOwn] = useState<string | null>(null);
  const [again, setAgain] = useState(false);
  // A running job is shown to those who open the dialog later, too; `again` shows the options anyway.
  const jobId = own ?? active?.jobId ?? (again ? null : (proposal?.jobId ?? null));
  const [waiting, setWaiting] = useState(false);
  const job = useBackendStore('jobs', (jobs) => (jobId === null ? undefined : jobs.get(jobId)));
  // A proposal may have been waiting.
  const askedBy = useAskedBy(job);
  const start = async (options: Omit<Generate, 'scheduleId'>) => {
    setWaiting(true);
    try {
      const type = repair ? 'SCHEDULE_REPAIR' : 'SCHEDULE_GENERATE';
      const { result } = await backend.query(type, { scheduleId: source.scheduleId, ...options });
      const started = result['jobId'];
      if (typeof started === 'string') setOwn(started);
    } catch (error) {
      toast('error', words(error));
    }
    setWaiting(false);
  };
  const startOver = () => {
    setOwn(null);
    setAgain(true);
  };
  const result = job?.result ?? null;
  const hasPast = month.days[0]?.isPast === true;
  return (
    <Dialog title={t(repair ? 'generate.repair' : 'generate.title')} onClose={onClose} size="xl" full={result?.diff !== undefined}>
      {jobId === null && <Options repair={repair} hasPast={hasPast} busy={waiting} onStart={(options) => void start(options)} />}
      {askedBy !== '' && <p className="app-tight app-dim">{askedBy}</p>}
      {jobId !== null && result === null && <Running job={job} jobId={jobId} />}
      {jobId !== null && result !== null && <Proposal source={source} month={month} jobId={jobId} result={result} progress={job?.progress ?? null} onClose={onClose} onAgain={startOver} />}
    </Dialog>
  );
}

interface OptionsProps {
  readonly repair: boolean;
  /** Whether days of the period have passed. */
  readonly hasPast: boolean;
  readonly busy: boolean;
  readonly onStart: (options: Omit<Generate, 'scheduleId'>) => void;
}

function Options({ repair, hasPast, busy, onStart }: OptionsProps) {
  const { t } = useTranslation();
  const which = repair ? 'repair' : 'generate';
  const [keep, setKeep] = useRemembered<Keep>(`${which} keep`, repair ? 'locked' : 'filled');
  // What has passed is left alone unless one says so each time.
  const [includePast, setIncludePast] = useState(false);
  const [seconds, setSeconds] = useRemembered<number | null>(`${which} seconds`, repair ? 10 : 30);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onStart({ keep, timeLimitSeconds: seconds ?? 30, ...(includePast ? { includePast } : {}) });
      }}
    >
      <p className="app-tight">{t(repair ? 'generate.repairText' : 'generate.text')}</p>
      <Radio.Group label={t('generate.keep')} value={keep} onChange={(value) => setKeep(value)} mt="md">
        <div className="app-stack">
          {KEEPS.map((each) => (
            <Radio key={each} value={each} label={t(`generate.keeps.${each}`)} description={t(`generate.keepsHelp.${each}`)} />
          ))}
        </div>
      </Radio.Group>
      {hasPast && (
        <Checkbox
          mt="md"
          checked={includePast}
          onChange={(event) => setIncludePast(event.currentTarget.checked)}
          label={t('generate.includePast')}
          description={t('generate.includePastHelp')}
        />
      )}
      <div className="sp-seconds">
        <NumberField label={t('generate.seconds')} min={FEWEST_SECONDS} max={MOST_SECONDS} value={seconds} onChange={setSeconds} />
      </div>
      <Group justify="flex-end" mt="lg">
        <Button type="submit" loading={busy}>
          {t('generate.start')}
        </Button>
      </Group>
    </form>
  );
}

function Running({ job, jobId }: { job: Job | undefined; jobId: string }) {
  const { t } = useTranslation();
  const backend = useBackend();
  const words = useErrorWords();
  const progress = job?.progress ?? null;
  const { objective = null, bound = null } = progress ?? {};
  const gap = objective === null || bound === null ? 0 : objective === 0 ? 100 : Math.max(3, Math.min(100, (bound / objective) * 100));
  return (
    <div>
      <p role="status" aria-live="polite">
        {progress === null
          ? t('generate.queued')
          : t('generate.progress', { seconds: Math.round(progress.elapsedSeconds), solutions: progress.solutions, phase: t(`generate.phases.${progress.phase as 'first'}`, { defaultValue: progress.phase }) })}
      </p>
      <Progress value={gap} animated aria-label={t('generate.title')} />
      <dl className="sp-figures">
        <div>
          <dt>{t('generate.best')}</dt>
          <dd>{objective ?? '—'}</dd>
        </div>
        <div>
          <dt>{t('generate.bound')}</dt>
          <dd>{bound ?? '—'}</dd>
        </div>
      </dl>
      <HowItWent progress={progress} />
      <Group justify="flex-end">
        <Button
          variant="default"
          onClick={() => {
            backend.query('SCHEDULE_GENERATE_CANCEL', { jobId }).catch((error: unknown) => toast('error', words(error)));
          }}
        >
          {t('generate.cancel')}
        </Button>
      </Group>
    </div>
  );
}
