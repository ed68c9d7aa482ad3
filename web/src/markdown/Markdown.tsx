import { memo } from "react";
import ReactMarkdown, { type Components } from "react-markdown";
import remarkGfm from "remark-gfm";
import { hostOf, isOwnImage, linkAddress } from "./addresses.ts";
import styles from "./Markdown.module.css";

const PLUGINS = [remarkGfm];

const COMPONENTS: Components = {
  a({ href, children }) {
    const address = linkAddress(href);
    if (address === null) return <span>{children}</span>;
    return (
      <a href={address} target="_blank" rel="noopener noreferrer nofollow">
        {children}
      </a>
    );
  },
  img({ src, alt }) {
    const address = typeof src === "string" ? src : undefined;
    if (isOwnImage(address)) return <img src={address} alt={alt ?? ""} loading="lazy" />;
    return (
      <span className={styles.notLoaded}>
        Image from {hostOf(address)} is not loaded{alt ? `: ${alt}` : ""}
      </span>
    );
  },
  // Six levels inside of a page that has headings of its own: a note begins below them.
  h1: ({ children }) => <h3>{children}</h3>,
  h2: ({ children }) => <h4>{children}</h4>,
  h3: ({ children }) => <h5>{children}</h5>,
  h4: ({ children }) => <h6>{children}</h6>,
  h5: ({ children }) => <h6>{children}</h6>,
  // Wide tables scroll in themselves.
  table: ({ children }) => (
    <div className={styles.wide}>
      <table>{children}</table>
    </div>
  ),
};

/** A note as its writer meant it to be read. HTML in it is text: nothing of it runs, and nothing is loaded from elsewhere. */
export const Markdown = memo(function Markdown({ text }: { readonly text: string }) {
  return (
    <div className={styles.note} dir="auto">
      {/* Addresses are judged above; what came through is not to be changed once more. */}
      <ReactMarkdown remarkPlugins={PLUGINS} components={COMPONENTS} urlTransform={(address) => address}>
        {text}
      </ReactMarkdown>
    </div>
  );
});
