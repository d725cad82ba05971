import type { TFunction } from 'i18next';
import { Component, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface Props {
  readonly t: TFunction;
  readonly children: ReactNode;
  /** Another one of these is another chance. */
  readonly id: string;
}

interface State {
  readonly message: string | null;
  readonly id: string;
}

/** A part that fails says so and leaves the rest of the page alone. */
class Boundary extends Component<Props, State> {
  constructor(props: Props) {
    super(props);
    this.state = { message: null, id: props.id };
  }

  static getDerivedStateFromError(error: unknown): Partial<State> {
    return { message: error instanceof Error ? error.message : String(error) };
  }

  static getDerivedStateFromProps(props: Props, state: State): Partial<State> | null {
    return props.id === state.id ? null : { id: props.id, message: null };
  }

  override render(): ReactNode {
    const { t, children } = this.props;
    if (this.state.message === null) return children;
    return (
      <div className="app-failed" role="alert">
        <p>{t('failed', { message: this.state.message })}</p>
        <button type="button" className="app-link" onClick={() => window.location.reload()}>
          {t('shell.reload')}
        </button>
      </div>
    );
  }
}

export function Caught(props: Omit<Props, 't'>) {
  const { t } = useTranslation();
  return <Boundary {...props} t={t} />;
}
