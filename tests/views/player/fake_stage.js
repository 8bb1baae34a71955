import { player } from "../../../widgets/choreo/views/player.js";

// A stage of circles in rows that fill with their value: as little as shows all that a player asks of one.
export function stage({ ground, side, act }) {
  const canvas = document.createElement("canvas");
  canvas.style.cssText = "position: absolute; inset: 0; width: 100%; height: 100%";
  ground.append(canvas);
  const dial = document.createElement("progress");
  side.append(dial);
  const pen = canvas.getContext("2d");
  let scene = null;
  let room = null;
  let picked = null;
  const value = (at, person) => {
    const people = scene.value.shape[1];
    const frame = Math.max(0, Math.min(scene.frames - 2, Math.floor(at)));
    const [a, b] = [0, 1].map((k) => scene.value.data[Math.min(scene.frames - 1, frame + k) * people + person]);
    return (a + (b - a) * Math.min(1, at - frame)) / 255;
  };
  const spots = () => {
    const people = scene.value.shape[1];
    const columns = Math.ceil(Math.sqrt(people * 1.6));
    const cell = room.width / (columns + 1);
    const line = room.height / (Math.ceil(people / columns) + 1);
    return Array.from({ length: people }, (_, id) => ({
      id,
      x: cell * ((id % columns) + 1),
      y: line * (Math.floor(id / columns) + 1),
      r: Math.min(cell, line) * 0.42,
    }));
  };
  const mean = (at) => {
    const people = scene.value.shape[1];
    return Array.from({ length: people }, (_, k) => value(at, k)).reduce((sum, one) => sum + one, 0) / people;
  };
  return {
    legend: "Each circle is a person. The fuller, the more they have heard.",
    layOut(next, space) {
      [scene, room] = [next, space];
      canvas.width = room.width * room.ratio;
      canvas.height = room.height * room.ratio;
    },
    draw(at) {
      pen.setTransform(room.ratio, 0, 0, room.ratio, 0, 0);
      pen.fillStyle = room.dark ? "#20242b" : "#f3ead8";
      pen.fillRect(0, 0, room.width, room.height);
      for (const { id, x, y, r } of spots()) {
        pen.beginPath();
        pen.arc(x, y, r, 0, 7);
        pen.strokeStyle = room.styles.getPropertyValue("--choreo-edge");
        pen.stroke();
        pen.beginPath();
        pen.arc(x, y, r * value(at, id), 0, 7);
        pen.fillStyle = room.styles.getPropertyValue(id === picked ? "--choreo-you" : "--choreo-others");
        pen.fill();
      }
      dial.value = mean(at);
      canvas.dataset.at = at;
    },
    says: (at) => ({ figure: `${Math.round(100 * mean(at))}%`, label: "have heard" }),
    spots,
    tell: (id, at) => `I have heard ${Math.round(100 * value(at, id))}% of it.`,
    beats: (from, to) => (Math.floor(to) > Math.floor(from) ? [{ at: Math.floor(to), pitch: 0.5, loud: 0.5 }] : []),
    edit: {
      pick(id) {
        if (picked === null || picked === id) {
          picked = picked === id ? null : id;
          return picked === null ? "Nobody is picked." : `Person ${id + 1} is picked.`;
        }
        act({ bridges: [...(scene.bridges ?? []), [picked, id]] });
        const said = `Person ${picked + 1} and person ${id + 1} are tied.`;
        picked = null;
        return said;
      },
      picked: () => picked,
    },
  };
}

export default { render: (context) => player(context, stage) };
