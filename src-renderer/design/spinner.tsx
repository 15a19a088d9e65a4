/** Work under way. Says so in words too, for those who do not see it turn or asked for no motion. */
import { LoaderCircle } from 'lucide-react';
import { VisuallyHidden } from './visually-hidden.tsx';
import styles from './spinner.module.css';

/** `isShown`: the label stands beside the spinner; otherwise only screen readers get it. */
export function Spinner(props: { readonly label: string; readonly isShown?: boolean }) {
  return (
    <span className={styles.spinner}>
      <LoaderCircle className={styles.turning} size="1.125em" aria-hidden="true" />
      {props.isShown === true ? (
        <span>{props.label}</span>
      ) : (
        <VisuallyHidden>{props.label}</VisuallyHidden>
      )}
    </span>
  );
}

/** The place of something that has not come yet: announced once, and not at once (no flicker). */
export function Waiting(props: { readonly label: string }) {
  return (
    <output className={styles.waiting}>
      <Spinner label={props.label} isShown />
    </output>
  );
}
