// @vitest-environment jsdom
import { cleanup, render } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { Markdown } from "./Markdown.tsx";

afterEach(cleanup);

function page(text: string): HTMLElement {
  return render(<Markdown text={text} />).container;
}

describe("a hostile note", () => {
  it.each([
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    "<svg onload=alert(1)>",
    "<style>body{display:none}</style>",
    '<a href="javascript:alert(1)">x</a>',
    "<details open ontoggle=alert(1)>",
  ])("has no HTML of its own: %s", (text) => {
    const container = page(`before\n\n${text}\n\nafter ${text}`);
    expect(container.querySelector("script, iframe, svg, style, details, img, a")).toBeNull();
    expect(container.innerHTML).not.toMatch(/<[^>]+\son\w+=/i);
  });

  it.each([
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "java&#10;script:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "file:///etc/passwd",
  ])("leads nowhere by %s", (address) => {
    const container = page(`[click](<${address}>)\n\n[again]\n\n[again]: <${address}>\n\n<${address}>`);
    for (const link of container.querySelectorAll("a")) {
      expect(link.protocol).toMatch(/^(https?|mailto):$/);
    }
  });

  it.each(["https://elsewhere.example/pixel.gif", "//elsewhere.example/pixel.gif", "data:image/svg+xml,x", "http://[bad"])(
    "loads no image from %s",
    (address) => {
      const container = page(`![spy](<${address}>)`);
      expect(container.querySelector("img")).toBeNull();
      expect(container.textContent).toContain("is not loaded: spy");
    },
  );

  it("opens links without telling where from", () => {
    const link = page("[a](https://elsewhere.example/a)").querySelector("a");
    expect(link?.rel).toBe("noopener noreferrer nofollow");
    expect(link?.target).toBe("_blank");
  });

  it("may be long and in any script", () => {
    expect(page(`\u202e${"x".repeat(100_000)} שלום`).textContent).toContain("שלום");
  });
});

describe("a note", () => {
  it("has lists, tables, tasks and code", () => {
    const container = page("# Plan\n\n- [x] wait\n- [ ] enter\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```\n<b>\n```");
    expect(container.querySelectorAll("input[type=checkbox][disabled]")).toHaveLength(2);
    expect(container.querySelector("table td")?.textContent).toBe("1");
    expect(container.querySelector("pre")?.textContent).toContain("<b>");
    expect(container.querySelector("h1")).toBeNull();
  });

  it("shows the screenshots of this journal", () => {
    expect(page("![chart](/v1/attachments/1/file)").querySelector("img")).not.toBeNull();
  });
});
