-- The dossier, version 1. Tables hold shown values: what the machine found, overlaid by the reviews.
-- What the machine found is kept whole in report.record (JSON of format onrecord/1 without the text, zlib with
-- the end of the text as its dictionary).
-- Dates are ISO text; offsets are code points into report.text, end exclusive; lists are JSON.

CREATE TABLE report (
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    url TEXT, outlet TEXT, title TEXT, byline TEXT, published TEXT, updated TEXT, language TEXT,
    words INTEGER NOT NULL,
    text TEXT NOT NULL,
    text_sha TEXT NOT NULL,
    source TEXT,                                      -- the file or address it was read from
    filed TEXT NOT NULL,                              -- UTC
    state TEXT NOT NULL CHECK (state IN ('coded', 'uncoded')),
    reason TEXT,                                      -- why it is not coded
    coder TEXT, model TEXT, knowledge TEXT, attribution TEXT,
    copy_of INTEGER REFERENCES report(n),             -- the first filed of its copies; NULL: itself, or alone
    record BLOB
);
CREATE INDEX report_outlet ON report(outlet);
CREATE INDEX report_published ON report(published);
CREATE INDEX report_copy ON report(copy_of) WHERE copy_of IS NOT NULL;

CREATE TABLE signature (report INTEGER PRIMARY KEY REFERENCES report(n) ON DELETE CASCADE, bytes BLOB NOT NULL);
CREATE TABLE band (
    band INTEGER NOT NULL, hash INTEGER NOT NULL,
    report INTEGER NOT NULL REFERENCES report(n) ON DELETE CASCADE,
    PRIMARY KEY (band, hash, report)
) WITHOUT ROWID;

CREATE TABLE failure (
    n INTEGER PRIMARY KEY,
    source TEXT NOT NULL, place TEXT NOT NULL, reason TEXT NOT NULL, filed TEXT NOT NULL,
    UNIQUE (source, place, reason)
);

CREATE TABLE actor (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    country TEXT, sector TEXT, role TEXT, party TEXT, wikidata TEXT,
    as_of TEXT                                        -- publication day of the report these values are from
);
CREATE INDEX actor_party ON actor(party);
CREATE TABLE appearance (
    report INTEGER NOT NULL REFERENCES report(n) ON DELETE CASCADE,
    actor TEXT NOT NULL REFERENCES actor(id),
    mentions INTEGER NOT NULL,
    role TEXT, party TEXT,                            -- on the day of that report
    PRIMARY KEY (report, actor)
) WITHOUT ROWID;
CREATE INDEX appearance_actor ON appearance(actor);

CREATE TABLE statement (
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    report INTEGER NOT NULL REFERENCES report(n) ON DELETE CASCADE,
    local TEXT,                                       -- its id in the record; NULL: added by a person
    speaker TEXT, speaker_text TEXT, party TEXT, via TEXT NOT NULL DEFAULT '[]', addressee TEXT,
    kind TEXT NOT NULL, channel TEXT,
    said_from TEXT, said_to TEXT, said_precision TEXT,
    cue TEXT,
    content TEXT NOT NULL,                            -- its stretches, readable, joined by ' … '
    start INTEGER NOT NULL, "end" INTEGER NOT NULL,
    because TEXT, confidence REAL,
    copy_of TEXT,                                     -- the same statement in an earlier copy of the report
    state TEXT NOT NULL DEFAULT 'machine'
        CHECK (state IN ('machine', 'accepted', 'rejected', 'corrected', 'added'))
);
CREATE INDEX statement_report ON statement(report);
CREATE INDEX statement_speaker ON statement(speaker);
CREATE INDEX statement_party ON statement(party);
CREATE INDEX statement_copy ON statement(copy_of) WHERE copy_of IS NOT NULL;

CREATE TABLE event (
    n INTEGER PRIMARY KEY AUTOINCREMENT,              -- never used again: keys of a lost event find nothing
    id TEXT NOT NULL UNIQUE,
    type TEXT NOT NULL, mode TEXT, quad TEXT, intensity REAL, status TEXT NOT NULL,
    date_from TEXT, date_to TEXT, precision TEXT,
    place TEXT, country TEXT, lat REAL, lon REAL,
    encounter INTEGER NOT NULL DEFAULT 0,
    tellings INTEGER NOT NULL DEFAULT 0,              -- copies and rejected ones not counted
    outlets INTEGER NOT NULL DEFAULT 0                -- counted once a group of copies
);
CREATE INDEX event_type ON event(type);
CREATE INDEX event_date ON event(date_from);
CREATE INDEX event_encounter ON event(date_from) WHERE encounter = 1;
CREATE TABLE event_side (
    event TEXT NOT NULL REFERENCES event(id) ON DELETE CASCADE,
    side TEXT NOT NULL CHECK (side IN ('actor', 'recipient')),
    actor TEXT NOT NULL,
    party TEXT NOT NULL,
    PRIMARY KEY (event, side, actor)
) WITHOUT ROWID;
CREATE TABLE event_key (
    key INTEGER NOT NULL, event INTEGER NOT NULL,     -- event.n
    PRIMARY KEY (key, event)
) WITHOUT ROWID;

CREATE TABLE telling (
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    report INTEGER NOT NULL REFERENCES report(n) ON DELETE CASCADE,
    local TEXT,
    event TEXT NOT NULL REFERENCES event(id),
    type TEXT NOT NULL, mode TEXT, contexts TEXT NOT NULL DEFAULT '[]', cameo TEXT,
    quad TEXT, intensity REAL,
    status TEXT NOT NULL,
    according_to TEXT,                                -- id of the statement that alone says so
    date_from TEXT, date_to TEXT, precision TEXT,
    place TEXT, country TEXT, lat REAL, lon REAL,
    text TEXT NOT NULL, sentence TEXT NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL,
    because TEXT, confidence REAL,
    copy_of TEXT,
    state TEXT NOT NULL DEFAULT 'machine'
        CHECK (state IN ('machine', 'accepted', 'rejected', 'corrected', 'added'))
);
CREATE INDEX telling_report ON telling(report);
CREATE INDEX telling_event ON telling(event);
CREATE INDEX telling_said ON telling(according_to) WHERE according_to IS NOT NULL;
CREATE INDEX telling_copy ON telling(copy_of) WHERE copy_of IS NOT NULL;
CREATE TABLE telling_side (
    telling TEXT NOT NULL REFERENCES telling(id) ON DELETE CASCADE,
    n INTEGER NOT NULL,                               -- in the order of the record
    side TEXT NOT NULL CHECK (side IN ('actor', 'recipient')),
    actor TEXT NOT NULL,
    party TEXT NOT NULL,
    kind TEXT NOT NULL,                               -- of the actor, as the report has it
    PRIMARY KEY (telling, side, actor)
) WITHOUT ROWID;

CREATE TABLE issue (id TEXT PRIMARY KEY, label TEXT NOT NULL, topic TEXT);
CREATE INDEX issue_topic ON issue(topic);
CREATE TABLE issue_in (
    report INTEGER NOT NULL REFERENCES report(n) ON DELETE CASCADE,
    local TEXT NOT NULL,
    issue TEXT NOT NULL REFERENCES issue(id),
    label TEXT NOT NULL, topic TEXT,                  -- as this report has them
    parties TEXT NOT NULL,                            -- those that propose it or take a stand on it, JSON
    PRIMARY KEY (report, local)
) WITHOUT ROWID;
CREATE INDEX issue_in_issue ON issue_in(issue);
CREATE TABLE issue_key (
    key TEXT NOT NULL,
    issue TEXT NOT NULL REFERENCES issue(id) ON DELETE CASCADE,
    PRIMARY KEY (key, issue)
) WITHOUT ROWID;
CREATE INDEX issue_key_issue ON issue_key(issue);
CREATE TABLE broader (
    issue TEXT NOT NULL REFERENCES issue(id) ON DELETE CASCADE,
    broader TEXT NOT NULL REFERENCES issue(id) ON DELETE CASCADE,
    PRIMARY KEY (issue, broader)
) WITHOUT ROWID;

CREATE TABLE position (
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    report INTEGER NOT NULL REFERENCES report(n) ON DELETE CASCADE,
    local TEXT,
    party TEXT NOT NULL, voice TEXT,
    issue TEXT NOT NULL REFERENCES issue(id),
    stance TEXT NOT NULL, act TEXT NOT NULL, condition TEXT, basis TEXT NOT NULL,
    date_from TEXT, date_to TEXT, precision TEXT,
    taken TEXT,                                       -- date_from, else the report's day of publication
    text TEXT NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL,
    statement TEXT, telling TEXT,
    because TEXT, confidence REAL,
    follows TEXT,                                     -- the party's position before it, where the text says so
    copy_of TEXT,
    state TEXT NOT NULL DEFAULT 'machine'
        CHECK (state IN ('machine', 'accepted', 'rejected', 'corrected', 'added'))
);
CREATE INDEX position_report ON position(report);
CREATE INDEX position_issue ON position(issue, party, taken);
CREATE INDEX position_party ON position(party, taken);
CREATE INDEX position_taken ON position(taken);
CREATE INDEX position_copy ON position(copy_of) WHERE copy_of IS NOT NULL;

CREATE TABLE statement_issue (
    statement TEXT NOT NULL REFERENCES statement(id) ON DELETE CASCADE,
    issue TEXT NOT NULL REFERENCES issue(id),
    PRIMARY KEY (statement, issue)
) WITHOUT ROWID;
CREATE INDEX statement_issue_issue ON statement_issue(issue);

-- A person's judgements. Nothing is ever changed or taken away here; 'undo' names the row that it undoes.
CREATE TABLE review (
    n INTEGER PRIMARY KEY AUTOINCREMENT,
    target TEXT NOT NULL,
    target_kind TEXT NOT NULL CHECK (target_kind IN ('statement', 'telling', 'position', 'issue', 'review')),
    judgement TEXT NOT NULL
        CHECK (judgement IN ('accept', 'reject', 'correct', 'add', 'merge', 'split', 'rename', 'undo')),
    field TEXT,
    value TEXT,                                       -- JSON
    who TEXT NOT NULL, at TEXT NOT NULL, why TEXT,
    evidence TEXT                                     -- JSON: report (its id), start, end, text
);
CREATE INDEX review_target ON review(target);
CREATE TRIGGER review_is_not_changed BEFORE UPDATE ON review
BEGIN SELECT RAISE(ABORT, 'reviews are append-only: add another, or undo'); END;
CREATE TRIGGER review_is_not_deleted BEFORE DELETE ON review
BEGIN SELECT RAISE(ABORT, 'reviews are append-only: add another, or undo'); END;

CREATE VIRTUAL TABLE report_text USING fts5(
    title, text, content='report', content_rowid='n', tokenize="porter unicode61 remove_diacritics 2"
);
CREATE TRIGGER report_text_in AFTER INSERT ON report BEGIN
    INSERT INTO report_text(rowid, title, text) VALUES (new.n, new.title, new.text);
END;
CREATE TRIGGER report_text_out AFTER DELETE ON report BEGIN
    INSERT INTO report_text(report_text, rowid, title, text) VALUES ('delete', old.n, old.title, old.text);
END;
CREATE TRIGGER report_text_new AFTER UPDATE OF title, text ON report BEGIN
    INSERT INTO report_text(report_text, rowid, title, text) VALUES ('delete', old.n, old.title, old.text);
    INSERT INTO report_text(rowid, title, text) VALUES (new.n, new.title, new.text);
END;

CREATE VIRTUAL TABLE statement_text USING fts5(
    content, content='statement', content_rowid='n', tokenize="porter unicode61 remove_diacritics 2"
);
CREATE TRIGGER statement_text_in AFTER INSERT ON statement BEGIN
    INSERT INTO statement_text(rowid, content) VALUES (new.n, new.content);
END;
CREATE TRIGGER statement_text_out AFTER DELETE ON statement BEGIN
    INSERT INTO statement_text(statement_text, rowid, content) VALUES ('delete', old.n, old.content);
END;
CREATE TRIGGER statement_text_new AFTER UPDATE OF content ON statement BEGIN
    INSERT INTO statement_text(statement_text, rowid, content) VALUES ('delete', old.n, old.content);
    INSERT INTO statement_text(rowid, content) VALUES (new.n, new.content);
END;

-- The views, for R, pandas and Datasette: what stands (nothing rejected, each copy's evidence once).

CREATE VIEW reports AS
SELECT r.id, r.outlet, r.title, r.published, r.url, r.byline, r.language, r.words, r.state, r.reason,
    lead.id AS copy_of,
    (SELECT count(*) FROM report c WHERE c.copy_of = r.n) AS copies,
    (SELECT count(*) FROM statement s WHERE s.report = r.n AND s.state <> 'rejected') AS statements,
    (SELECT count(*) FROM telling t WHERE t.report = r.n AND t.state <> 'rejected') AS tellings,
    (SELECT count(*) FROM position p WHERE p.report = r.n AND p.state <> 'rejected') AS positions,
    r.source, r.filed, r.coder, r.model, r.knowledge, r.text
FROM report r LEFT JOIN report lead ON lead.n = r.copy_of;

CREATE VIEW actors AS
SELECT a.id, a.name, a.kind, a.country, a.sector, a.role, a.party, a.wikidata, a.as_of,
    count(p.report) AS reports, coalesce(sum(p.mentions), 0) AS mentions
FROM actor a LEFT JOIN (appearance p JOIN report r ON r.n = p.report AND r.copy_of IS NULL) ON p.actor = a.id
GROUP BY a.id;

CREATE VIEW statements AS
SELECT s.id, s.said_from, s.said_to, s.said_precision AS precision,
    coalesce(who.name, s.speaker_text) AS speaker, s.speaker AS speaker_id, s.party, s.via,
    s.addressee, s.kind, s.channel, s.cue, s.content,
    (SELECT group_concat(issue, '; ') FROM statement_issue i WHERE i.statement = s.id) AS issues,
    r.published, r.id AS report, r.title, s.start, s."end",
    (SELECT group_concat(outlet, '; ') FROM (
        SELECT DISTINCT o.outlet FROM statement c JOIN report o ON o.n = c.report
        WHERE (c.id = s.id OR c.copy_of = s.id) AND o.outlet IS NOT NULL ORDER BY o.n)) AS outlets,
    s.because, s.confidence, s.state
FROM statement s JOIN report r ON r.n = s.report LEFT JOIN actor who ON who.id = s.speaker
WHERE s.copy_of IS NULL AND s.state <> 'rejected';

CREATE VIEW tellings AS
SELECT t.id, t.event, t.type, t.mode, t.contexts, t.cameo, t.status, t.according_to,
    t.date_from, t.date_to, t.precision, t.place, t.country,
    (SELECT group_concat(coalesce(a.name, x.actor), '; ') FROM telling_side x LEFT JOIN actor a ON a.id = x.actor
        WHERE x.telling = t.id AND x.side = 'actor') AS actors,
    (SELECT group_concat(coalesce(a.name, x.actor), '; ') FROM telling_side x LEFT JOIN actor a ON a.id = x.actor
        WHERE x.telling = t.id AND x.side = 'recipient') AS recipients,
    t.text, t.sentence, r.published, r.id AS report, r.title, t.start, t."end",
    (SELECT group_concat(outlet, '; ') FROM (
        SELECT DISTINCT o.outlet FROM telling c JOIN report o ON o.n = c.report
        WHERE (c.id = t.id OR c.copy_of = t.id) AND o.outlet IS NOT NULL ORDER BY o.n)) AS outlets,
    t.because, t.confidence, t.state
FROM telling t JOIN report r ON r.n = t.report
WHERE t.copy_of IS NULL AND t.state <> 'rejected';

CREATE VIEW events AS
SELECT e.id, e.date_from, e.date_to, e.precision, e.type, e.mode, e.quad, e.intensity, e.status,
    (SELECT group_concat(coalesce(a.name, x.actor), '; ') FROM event_side x LEFT JOIN actor a ON a.id = x.actor
        WHERE x.event = e.id AND x.side = 'actor') AS actors,
    (SELECT group_concat(coalesce(a.name, x.actor), '; ') FROM event_side x LEFT JOIN actor a ON a.id = x.actor
        WHERE x.event = e.id AND x.side = 'recipient') AS recipients,
    (SELECT group_concat(party, '; ') FROM (
        SELECT DISTINCT x.party FROM event_side x WHERE x.event = e.id ORDER BY x.party)) AS parties,
    e.place, e.country, e.lat, e.lon, e.encounter, e.tellings, e.outlets AS outlet_count,
    (SELECT group_concat(outlet, '; ') FROM (
        SELECT DISTINCT o.outlet FROM telling t JOIN report o ON o.n = t.report
        WHERE t.event = e.id AND t.state <> 'rejected' AND o.outlet IS NOT NULL ORDER BY o.n)) AS outlets,
    (SELECT t.sentence FROM telling t WHERE t.event = e.id AND t.copy_of IS NULL AND t.state <> 'rejected'
        ORDER BY t.n LIMIT 1) AS sentence
FROM event e WHERE e.tellings > 0;

CREATE VIEW encounters AS
SELECT e.id, e.date_from, e.date_to, e.precision, e.type, e.mode, e.status,
    (SELECT group_concat(name, '; ') FROM (
        SELECT DISTINCT coalesce(a.name, x.actor) AS name FROM event_side x LEFT JOIN actor a ON a.id = x.actor
        WHERE x.event = e.id ORDER BY name)) AS participants,
    (SELECT group_concat(party, '; ') FROM (
        SELECT DISTINCT x.party FROM event_side x WHERE x.event = e.id ORDER BY x.party)) AS parties,
    e.place, e.country, e.tellings, e.outlets AS outlet_count
FROM event e WHERE e.encounter = 1 AND e.tellings > 0;

CREATE VIEW issues AS
SELECT i.id, i.label, i.topic,
    (SELECT group_concat(b.broader, '; ') FROM broader b WHERE b.issue = i.id) AS broader,
    count(p.id) AS positions, count(DISTINCT p.party) AS parties, count(DISTINCT p.report) AS reports,
    min(p.taken) AS first_taken, max(p.taken) AS last_taken
FROM issue i LEFT JOIN position p ON p.issue = i.id AND p.copy_of IS NULL AND p.state <> 'rejected'
GROUP BY i.id;

CREATE VIEW positions AS
SELECT p.id, p.taken, p.date_from, p.date_to, p.precision,
    coalesce(side.name, p.party) AS party, p.party AS party_id,
    coalesce(who.name, p.voice) AS voice, p.voice AS voice_id,
    p.issue, i.label, i.topic, p.stance, p.act, p.condition, p.basis, p.text, p.statement, p.telling,
    r.published, r.id AS report, r.title, p.start, p."end",
    (SELECT group_concat(outlet, '; ') FROM (
        SELECT DISTINCT o.outlet FROM position c JOIN report o ON o.n = c.report
        WHERE (c.id = p.id OR c.copy_of = p.id) AND o.outlet IS NOT NULL ORDER BY o.n)) AS outlets,
    p.follows, p.because, p.confidence, p.state
FROM position p JOIN report r ON r.n = p.report JOIN issue i ON i.id = p.issue
    LEFT JOIN actor side ON side.id = p.party LEFT JOIN actor who ON who.id = p.voice
WHERE p.copy_of IS NULL AND p.state <> 'rejected';

CREATE VIEW reviews AS
SELECT v.n, v.target, v.target_kind, v.judgement, v.field, v.value, v.who, v.at, v.why, v.evidence,
    EXISTS (SELECT 1 FROM review u WHERE u.judgement = 'undo' AND u.target_kind = 'review'
        AND u.target = CAST(v.n AS TEXT)) AS undone
FROM review v;

CREATE VIEW failures AS SELECT n, source, place, reason, filed FROM failure;
