import { element } from "../shared/element.js";
import { t } from "../shared/words.js";
import { button, fold } from "./elements.js";

const HERE = /^(localhost|127\.|\[?::1)/; // hosts that no phone reaches

/** How people join: the address and the code, spelt and as a picture. */
export function joining(desk, { code, join, door, title, ended }) {
  const { means } = desk;
  if (ended)
    return [
      element("h2", { dir: "auto" }, title),
      element("p", {}, t("This session is over. Nobody can join or answer any more.")),
    ];
  const url = new URL(join);
  const spelt = {
    class: "choreo-console-code",
    role: "img",
    "aria-label": t("Join code: {code}", { code: [...code].join(" ") }),
  };
  const qr = element("img", {
    class: "choreo-console-qr",
    src: new URL(`live/qr/${code}.svg?to=${url.host}`, means.hub).href,
    alt: t("QR code that leads phones into this session"),
    loading: "lazy",
  });
  return [
    element("h2", {}, t("People join here")),
    element("p", { class: "choreo-console-address" }, element("span", {}, url.host + url.pathname)),
    element("p", spelt, code),
    fold(t("QR code"), "qr", qr),
    ...(HERE.test(url.hostname) ? [unreachable(desk, door)] : []),
  ];
}

/** @param {any} desk @param {boolean} door whether this coach can let phones in from here */
function unreachable(desk, door) {
  if (door)
    return element(
      "div",
      { class: "choreo-console-care choreo-console-door" },
      element("p", {}, t("Phones cannot reach this address yet: Choreo listens on this machine only.")),
      button(t("Let phones in"), () => desk.letIn(), "choreo-console-next", "let-in"),
      element(
        "p",
        { class: "choreo-console-help" },
        t("Everybody in this network can then open it, until Choreo stops. Nothing that runs is interrupted."),
      ),
    );
  return element(
    "p",
    { class: "choreo-console-care" },
    t(
      "Phones cannot reach this address: Choreo listens on this machine only. Start it with “choreo start --lan” to let a room in.",
    ),
  );
}
