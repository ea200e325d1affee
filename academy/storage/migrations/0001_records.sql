-- Whatever belongs to a learner is found by learner_id first, so each of these tables can be
-- partitioned or distributed by it. JSON is kept as it was written: jsonb would change numbers.

create table events (
    learner_id text collate "C" not null,
    position integer not null,  -- 1, 2, 3 … within the learner, in the order of storing
    id text collate "C" not null,
    event json not null,
    primary key (learner_id, position),
    unique (learner_id, id)
);

-- Who has a record, without a look at the rest of it.
create index events_of_each_learner on events (learner_id) where position = 1;

create table drafts (
    learner_id text collate "C" not null,
    key text collate "C" not null,
    value json not null,
    primary key (learner_id, key)
);

create table summaries (
    learner_id text collate "C" primary key,
    version uuid not null,  -- tells each value from all others, to whoever has read it before
    value json not null
);

create table sessions (
    token_hash text collate "C" primary key,
    learner_id text collate "C" not null,
    at timestamptz not null,
    note text not null
);

create index sessions_of_each_learner on sessions (learner_id);

create table documents (
    name text collate "C" primary key,
    value json not null
);

create table written (
    at timestamptz not null
);

insert into written values (now());
