import { expect } from "chai";
import { sameText } from "../../../provider/exchange/properties";
import { Ledger, type Noted, together } from "../../../provider/resources/ledger";

interface Values {
  Colour: string;
  Lit: boolean;
}

const ledger = new Ledger<Values>({ Colour: sameText, Lit: Object.is });
const RED_LIT: Values = { Colour: "red", Lit: true };
const BLUE_OFF: Values = { Colour: "blue", Lit: false };

function noted(notes: Partial<Noted<Values>>): Noted<Values> {
  return { provenance: "found", adopted: undefined, written: undefined, ...notes };
}

describe("what is written of an object", () => {
  const rows: { title: string; present: Values; wanted: Partial<Values>; written: Partial<Values> }[] = [
    { title: "is nothing where it is as wanted", present: RED_LIT, wanted: RED_LIT, written: {} },
    {
      title: "is nothing where it is the same to Exchange",
      present: { Colour: "RED", Lit: true },
      wanted: RED_LIT,
      written: {},
    },
    {
      title: "is a value that differs, and no other",
      present: RED_LIT,
      wanted: { Colour: "red", Lit: false },
      written: { Lit: false },
    },
    { title: "is all that differs", present: RED_LIT, wanted: BLUE_OFF, written: BLUE_OFF },
    {
      title: "is nothing of which the program says nothing",
      present: RED_LIT,
      wanted: { Colour: undefined },
      written: {},
    },
  ];
  for (const { title, present, wanted, written } of rows) {
    it(title, () => {
      expect(ledger.toWrite(present, wanted)).to.deep.equal(written);
      expect(ledger.isAsWanted(present, wanted)).to.equal(Object.keys(written).length === 0);
    });
  }

  it("is in the ledger's order, which messages show", () => {
    expect(Object.keys(ledger.toWrite(RED_LIT, { Lit: false, Colour: "blue" }))).to.deep.equal(["Colour", "Lit"]);
  });
});

describe("what the state notes of an object", () => {
  const state = { guid: "A", ...noted({ provenance: "unknown", adopted: BLUE_OFF, written: RED_LIT }) };
  const rows: { title: string; state?: object; present?: Values; notes: Noted<Values> }[] = [
    {
      title: "is kept, whatever the case of its Guid",
      state,
      notes: noted({ provenance: "unknown", adopted: BLUE_OFF, written: RED_LIT }),
    },
    {
      title: "is kept without what an earlier version did not note",
      state: { guid: "a", provenance: "here" },
      notes: noted({ provenance: "here" }),
    },
    { title: "is that it was found, where a program only looks it up", state: {}, notes: noted({}) },
    {
      title: "is of another one that has its place, which is as wanted: nobody knows who made that",
      state: { ...state, guid: "b" },
      notes: { provenance: "unknown" },
    },
    {
      title: "is of another one that has its place, which differs: it was found",
      state: { ...state, guid: "b" },
      present: BLUE_OFF,
      notes: { provenance: "found" },
    },
    { title: "is nothing at a create: nobody knows who made one as wanted", notes: { provenance: "unknown" } },
    { title: "is nothing at a create: one that differs was found", present: BLUE_OFF, notes: { provenance: "found" } },
  ];
  for (const { title, state, present = RED_LIT, notes } of rows) {
    it(title, () => {
      expect(ledger.notesOf(state, "a", present, RED_LIT)).to.deep.equal(notes);
    });
  }
});

describe("what is noted of a write", () => {
  const rows: { title: string; former: Noted<Values>; toWrite: Partial<Values>; notes: Noted<Values> }[] = [
    {
      title: "is what was there before, of what is written",
      former: { provenance: "found" },
      toWrite: { Lit: true },
      notes: noted({ adopted: { Lit: false }, written: { Lit: true } }),
    },
    {
      title: "is what was there first, and what is written last",
      former: noted({ adopted: { Lit: true }, written: { Lit: false } }),
      toWrite: { Lit: true },
      notes: noted({ adopted: { Lit: true }, written: { Lit: true } }),
    },
    {
      title: "is beside what was noted of other values",
      former: noted({ adopted: { Lit: true }, written: { Lit: false } }),
      toWrite: { Colour: "red" },
      notes: noted({ adopted: { Colour: "blue", Lit: true }, written: { Colour: "red", Lit: false } }),
    },
    {
      title: "is nothing new where nothing is written",
      former: noted({ adopted: { Lit: true }, written: { Lit: false } }),
      toWrite: {},
      notes: noted({ adopted: { Lit: true }, written: { Lit: false } }),
    },
    {
      title: "is nothing where nothing is written and nothing was noted",
      former: { provenance: "unknown" },
      toWrite: {},
      notes: noted({ provenance: "unknown" }),
    },
    {
      title: "does not make known who made it",
      former: { provenance: "unknown" },
      toWrite: { Lit: true },
      notes: noted({ provenance: "unknown", adopted: { Lit: false }, written: { Lit: true } }),
    },
    {
      title: "is kept of what was written, where an earlier version noted only what was there",
      former: noted({ adopted: { Lit: true, Colour: "green" } }),
      toWrite: { Lit: true },
      notes: noted({ adopted: { Lit: true, Colour: "green" }, written: { Lit: true } }),
    },
    {
      title: "is nothing of one that this stack made: destroy removes it whole",
      former: { provenance: "here" },
      toWrite: RED_LIT,
      notes: noted({ provenance: "here" }),
    },
  ];
  for (const { title, former, toWrite, notes } of rows) {
    it(title, () => {
      expect(ledger.afterWrite(former, BLUE_OFF, toWrite)).to.deep.equal(notes);
    });
  }
});

describe("what is put back", () => {
  const both = { adopted: BLUE_OFF, written: RED_LIT };
  const rows: {
    title: string;
    notes?: { adopted?: Partial<Values>; written?: Partial<Values> };
    present?: Values | "unknown";
    former: Partial<Values>;
  }[] = [
    { title: "are the former values, while ours are there", former: BLUE_OFF },
    { title: "are they, while ours are there to Exchange", present: { Colour: "RED", Lit: true }, former: BLUE_OFF },
    {
      title: "is none in place of one that somebody else has set since, refreshed or not",
      present: { Colour: "green", Lit: true },
      former: { Lit: false },
    },
    { title: "is none where somebody has put them back already", present: BLUE_OFF, former: {} },
    {
      title: "is none in place of another than we wrote last",
      notes: { adopted: { Lit: false }, written: { Lit: false } },
      former: {},
    },
    {
      title: "is none where we last wrote what was there before",
      notes: { adopted: BLUE_OFF, written: BLUE_OFF },
      present: BLUE_OFF,
      former: {},
    },
    {
      title: "is none where we last wrote the same to Exchange",
      notes: { adopted: { Colour: "BLUE" }, written: { Colour: "blue" } },
      present: BLUE_OFF,
      former: {},
    },
    {
      title: "is also one that is the same to Exchange, as it was spelled, beside one that changes",
      notes: { adopted: { Colour: "Red", Lit: false }, written: RED_LIT },
      former: { Colour: "Red", Lit: false },
    },
    { title: "is none where nothing was noted", notes: { written: RED_LIT }, former: {} },
    { title: "is none where an earlier version did not note what we wrote", notes: { adopted: BLUE_OFF }, former: {} },
    { title: "is only what we wrote", notes: { adopted: BLUE_OFF, written: { Lit: true } }, former: { Lit: false } },
    { title: "is only what was noted", notes: { adopted: { Lit: false }, written: RED_LIT }, former: { Lit: false } },
    { title: "are the former values where nobody can see the present ones", present: "unknown", former: BLUE_OFF },
    {
      title: "is none where nobody can see the present ones and we last wrote what was there before",
      notes: { adopted: RED_LIT, written: RED_LIT },
      present: "unknown",
      former: {},
    },
    {
      title: "is none where nobody can see the present ones, or knows what we wrote",
      notes: { adopted: BLUE_OFF },
      present: "unknown",
      former: {},
    },
  ];
  for (const { title, notes = both, present = RED_LIT, former } of rows) {
    it(title, () => {
      expect(ledger.toPutBack(notes, present)).to.deep.equal(former);
    });
  }
});

describe("two notes of one object", () => {
  const rows: { title: string; earlier: Noted<Values>; later: Noted<Values>; notes: Noted<Values> }[] = [
    {
      title: "keep who made it and what was there as the earlier says, and what we wrote as the later does",
      earlier: noted({ adopted: { Lit: false }, written: { Lit: true } }),
      later: noted({ provenance: "unknown", adopted: { Lit: true, Colour: "red" }, written: { Lit: false } }),
      notes: noted({ adopted: { Lit: false, Colour: "red" }, written: { Lit: false } }),
    },
    {
      title: "say nothing where neither does",
      earlier: noted({}),
      later: noted({ provenance: "unknown" }),
      notes: noted({}),
    },
    {
      title: "say nothing but that of one that this stack made",
      earlier: noted({ provenance: "here" }),
      later: noted({ adopted: BLUE_OFF, written: RED_LIT }),
      notes: noted({ provenance: "here" }),
    },
  ];
  for (const { title, earlier, later, notes } of rows) {
    it(title, () => {
      expect(together(earlier, later)).to.deep.equal(notes);
    });
  }
});
