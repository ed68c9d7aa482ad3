import { Link, Outlet } from "@tanstack/react-router";
import { Logo } from "~/shell/Logo";
import styles from "./WelcomeLayout.module.css";

/** Around the pages of whoever is not signed in: the form, and beside it what the journal is. */
export function WelcomeLayout() {
  return (
    <div className={styles.layout}>
      <main className={styles.main}>
        <Link to="/sign-in" className={styles.brand}>
          <Logo size={30} />
          Trading Journal
        </Link>
        <div className={styles.form}>
          <Outlet />
        </div>
      </main>
      <aside className={styles.aside} aria-label="About the journal">
        <div className={styles.words}>
          <p className={styles.headline}>Know what your trading really earns.</p>
          <ul className={styles.points} role="list">
            <li>Imports that reconcile to the cent, each number traced to its line.</li>
            <li>Notes, tags and screenshots beside every trade and every day.</li>
            <li>Statistics with their intervals, so that luck is not taken for skill.</li>
          </ul>
        </div>
        <Curve />
      </aside>
    </div>
  );
}

/** An equity curve, as a picture. */
function Curve() {
  const line = "M0 168 L36 160 72 172 108 140 144 148 180 120 216 132 252 96 288 104 324 70 360 84 396 52 432 62 468 34 504 44 540 18 576 26 612 8";
  return (
    <svg className={styles.curve} viewBox="0 0 612 190" preserveAspectRatio="none" aria-hidden>
      <defs>
        <linearGradient id="welcome-fill" x1="0" y1="0" x2="0" y2="1">
          <stop offset="0" stopColor="currentColor" stopOpacity="0.34" />
          <stop offset="1" stopColor="currentColor" stopOpacity="0" />
        </linearGradient>
      </defs>
      <path d={`${line} V190 H0 Z`} fill="url(#welcome-fill)" />
      <path d={line} fill="none" stroke="currentColor" strokeWidth="2.5" vectorEffect="non-scaling-stroke" strokeLinejoin="round" />
    </svg>
  );
}
