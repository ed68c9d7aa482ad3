import { Star } from "lucide-react";
import type { KeyboardEvent } from "react";
import styles from "./ReviewCard.module.css";

const STEPS = [1, 2, 3, 4, 5] as const;

interface RatingProps {
  rating: number | null;
  onRate: (rating: number | null) => void;
}

/** How well it was traded, whatever came of it. Pressing the same star again takes the rating off; digits and arrows work too. */
export function Rating({ rating, onRate }: RatingProps) {
  function pressed(event: KeyboardEvent) {
    const now = rating ?? 0;
    const next = /^[1-5]$/.test(event.key) ? Number(event.key) : event.key === "ArrowRight" ? now + 1 : event.key === "ArrowLeft" ? now - 1 : null;
    if (next === null) return;
    event.preventDefault();
    onRate(next < 1 ? null : Math.min(5, next));
  }
  return (
    <fieldset className={styles.stars}>
      <legend>Execution</legend>
      <div className={styles.row} role="radiogroup" aria-label="Execution, from 1 to 5" tabIndex={-1} onKeyDown={pressed}>
        {STEPS.map((step) => (
          <button
            key={step}
            type="button"
            role="radio"
            aria-checked={rating === step}
            aria-label={`${step} of 5`}
            tabIndex={step === (rating ?? 1) ? 0 : -1}
            data-on={(rating ?? 0) >= step || undefined}
            className={styles.star}
            onClick={() => onRate(rating === step ? null : step)}
          >
            <Star aria-hidden />
          </button>
        ))}
      </div>
    </fieldset>
  );
}
