CREATE TABLE icms_counter (
  one    INTEGER PRIMARY KEY CHECK (one = 1),
  change INTEGER NOT NULL,
  record INTEGER NOT NULL,
  event  INTEGER NOT NULL,
  token  INTEGER NOT NULL
) STRICT;
INSERT INTO icms_counter (one, change, record, event, token) VALUES (1, 0, 0, 0, 0);

CREATE TABLE icms_change (
  seq     INTEGER PRIMARY KEY,
  id      TEXT    NOT NULL UNIQUE,
  at      INTEGER NOT NULL,
  drawn   TEXT    NOT NULL,
  records INTEGER NOT NULL,
  after   INTEGER NOT NULL
) STRICT;

CREATE TABLE icms_record (
  seq     INTEGER PRIMARY KEY,
  kind    TEXT    NOT NULL,
  id      TEXT    NOT NULL,
  version INTEGER NOT NULL,
  change  INTEGER NOT NULL,
  place   INTEGER NOT NULL,
  entries TEXT    NOT NULL,
  body    TEXT    NOT NULL,
  UNIQUE (kind, id)
) STRICT;
CREATE INDEX icms_record_updated ON icms_record (change, place) WHERE version > 1;

CREATE TABLE icms_history (
  seq     INTEGER NOT NULL,
  version INTEGER NOT NULL,
  change  INTEGER NOT NULL,
  place   INTEGER NOT NULL,
  kind    TEXT    NOT NULL,
  id      TEXT    NOT NULL,
  body    TEXT,
  PRIMARY KEY (seq, version)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX icms_history_change ON icms_history (change, place);

CREATE TABLE icms_index (
  id         INTEGER PRIMARY KEY,
  name       TEXT    NOT NULL UNIQUE,
  has_plain  INTEGER NOT NULL,
  has_unique INTEGER NOT NULL
) STRICT;

CREATE TABLE icms_entry (
  idx    INTEGER NOT NULL,
  key    TEXT    NOT NULL,
  slot   INTEGER NOT NULL,
  record INTEGER NOT NULL,
  PRIMARY KEY (idx, key, slot)
) STRICT, WITHOUT ROWID;

CREATE TABLE icms_sum (
  name  TEXT    PRIMARY KEY,
  value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE icms_sequence (
  name  TEXT    PRIMARY KEY,
  last  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE icms_event (
  seq    INTEGER PRIMARY KEY,
  id     TEXT    NOT NULL,
  stream TEXT    NOT NULL,
  type   TEXT    NOT NULL,
  data   TEXT    NOT NULL,
  at     INTEGER NOT NULL,
  until  INTEGER,
  token  INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX icms_event_leased ON icms_event (stream, seq) WHERE until IS NOT NULL;

CREATE TABLE icms_work (
  kind    TEXT    NOT NULL,
  id      TEXT    NOT NULL,
  due     INTEGER NOT NULL,
  body    TEXT    NOT NULL,
  attempt INTEGER NOT NULL DEFAULT 0,
  until   INTEGER,
  token   INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX icms_work_due ON icms_work (due);

CREATE TABLE icms_link (
  change  INTEGER PRIMARY KEY REFERENCES icms_change (seq),
  chain   TEXT    NOT NULL,
  seq     INTEGER NOT NULL,
  note    TEXT    NOT NULL,
  records INTEGER NOT NULL,
  content BLOB    NOT NULL,
  before  BLOB    NOT NULL,
  hash    BLOB    NOT NULL,
  UNIQUE (chain, seq)
) STRICT;

CREATE VIEW icms_entries AS
  SELECT i.name AS "index", e.key, e.slot = 0 AS "unique", r.kind, r.id, r.seq
  FROM icms_entry e JOIN icms_index i ON i.id = e.idx JOIN icms_record r ON r.seq = e.record;
