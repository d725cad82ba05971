import { Component, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface Props {
  readonly children: ReactNode;
  /** Another one of these is another chance. */
  readonly id: string;
}

interface State {
  readonly error: unknown;
  readonly id: string;
}

/** A part that fails says so and leaves the rest of the page alone. */
export class Caught extends Component<Props, State> {
  constructor(props: Props) {
    super(props);
    this.state = { error: null, id: props.id };
  }

  static getDerivedStateFromError(error: unknown): Partial<State> {
    return { error: error ?? new Error() };
  }

  static getDerivedStateFromProps(props: Props, state: State): Partial<State> | null {
    return props.id === state.id ? null : { id: props.id, error: null };
  }

  override render(): ReactNode {
    return this.state.error === null ? this.props.children : <Failed error={this.state.error} />;
  }
}

/** The errors of browsers for a missing file of the page: there was a new build, or the network is down. */
const isMissingFile = (error: unknown) =>
  error instanceof Error && /dynamically imported module|importing a module script|preload|module script failed/i.test(error.message);

/** Over the page, so that it is seen wherever the failed part would have been. */
function Failed({ error }: { error: unknown }) {
  const { t } = useTranslation();
  const message = error instanceof Error ? error.message : String(error);
  return (
    <div className="app-failed app-fallen" role="alert">
      <p className="app-tight">{isMissingFile(error) ? t('shell.missing') : t('failed', { message })}</p>
      <button type="button" className="app-link" onClick={() => window.location.reload()}>
        {t('shell.reload')}
      </button>
    </div>
  );
}
