/** The program's mark: a lark on a straw sun above a meadow. Says nothing that is not in words beside it. */
import styles from './lark.module.css';

export function Lark() {
  return (
    <svg className={styles.lark} viewBox="0 0 64 48" aria-hidden="true" focusable="false">
      <circle className={styles.sun} cx="40" cy="20" r="14" />
      <path
        className={styles.bird}
        d="M6 22c6-1 9-5 13-8 3-2 7-2 9 1l6-1-5 4c1 7-4 14-12 15l-6 7-2-1 3-7c-4-2-6-6-6-10z"
      />
      <path className={styles.meadow} d="M0 42c10-5 20-6 32-3s22 3 32-2v11H0z" />
      <circle className={styles.eye} cx="26" cy="17" r="1.3" />
    </svg>
  );
}
