import { expect } from "chai";
import { certificatesOf, type Shown } from "../../../../provider/resources/oauth-certificate/key-credentials";

const NONE = { thumbprint: "", certificatePem: "" };
const pem = (thumbprint: string) => ({ thumbprint, certificatePem: `PEM of ${thumbprint}` });
const showing = (thumbprint: string, previous = ""): Shown => ({
  ...pem(thumbprint),
  previous: previous === "" ? NONE : pem(previous),
});

describe("the certificates of the key credentials", () => {
  const rows: { title: string; generations: Shown[]; expected: string[] }[] = [
    { title: "are those that the generations show", generations: [showing("A"), showing("B")], expected: ["A", "B"] },
    { title: "are the one that the only generation shows", generations: [showing("A")], expected: ["A"] },
    {
      title: "are the one that the only generation shows, though it showed another one",
      generations: [showing("B", "A")],
      expected: ["B"],
    },
    {
      title: "keep the former one of a generation that follows what a later one adopted",
      generations: [showing("B", "A"), showing("B")],
      expected: ["A", "B"],
    },
    {
      title: "keep the one of a generation that follows back to the former one",
      generations: [showing("A"), showing("A", "B")],
      expected: ["A", "B"],
    },
    {
      title: "have the current one where both follow another hand's",
      generations: [showing("C", "B"), showing("C", "B")],
      expected: ["C", "B"],
    },
    {
      title: "are those that the generations show, where one follows what the other one does not show",
      generations: [showing("C", "A"), showing("B")],
      expected: ["C", "B"],
    },
    {
      title: "are the same one where nothing is known of a former one",
      generations: [showing("A"), showing("A")],
      expected: ["A", "A"],
    },
  ];
  for (const { title, generations, expected } of rows) {
    it(title, () => {
      expect(certificatesOf(generations)).to.deep.equal(expected.map(pem));
    });
  }
});
