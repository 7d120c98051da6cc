CREATE FUNCTION public.audit_at() RETURNS timestamp with time zone
    LANGUAGE plpgsql
    AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(8245928655518264429);
  RETURN date_trunc('milliseconds', clock_timestamp());
END
$$;

CREATE FUNCTION public.audit_keep() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  RAISE EXCEPTION 'The audit trail is only ever added to.';
END
$$;

CREATE FUNCTION public.audit_link() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
  last audit%ROWTYPE;
BEGIN
  PERFORM pg_advisory_xact_lock(8245928655518264429);
  SELECT * INTO last FROM audit ORDER BY seq DESC LIMIT 1;
  NEW.seq := coalesce(last.seq, 0) + 1;
  NEW.previous := coalesce(last.hash, decode(repeat('00', 32), 'hex'));
  NEW.hash := sha256(convert_to(format('{"at":"%s","content":%s,"previous":"%s","seq":%s}',
    to_char(NEW.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), NEW.content, encode(NEW.previous, 'hex'), NEW.seq),
    'UTF8'));
  RETURN NEW;
END
$$;

CREATE TABLE public.administrators (
    user_id uuid NOT NULL,
    role text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT administrators_role_check CHECK ((role = ANY (ARRAY['administrator'::text, 'manager'::text, 'help-desk'::text, 'read-only'::text])))
);

CREATE TABLE public.api_keys (
    id uuid NOT NULL,
    name text NOT NULL,
    hash bytea NOT NULL,
    role text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone,
    last_used_at timestamp with time zone,
    CONSTRAINT api_keys_role CHECK ((role = ANY (ARRAY['administrator'::text, 'manager'::text, 'help-desk'::text, 'read-only'::text])))
);

CREATE TABLE public.application_groups (
    application_id uuid NOT NULL,
    group_id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.applications (
    id uuid NOT NULL,
    connector text NOT NULL,
    label text NOT NULL,
    description text,
    logo text,
    sso jsonb DEFAULT '{"enabled": false}'::jsonb NOT NULL,
    idm_state text DEFAULT 'inactive'::text NOT NULL,
    idm_reason jsonb,
    group_management boolean DEFAULT true NOT NULL,
    settings jsonb DEFAULT '{}'::jsonb NOT NULL,
    last_inventory_at timestamp with time zone,
    version bigint DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT applications_idm_state_check CHECK ((idm_state = ANY (ARRAY['inactive'::text, 'active'::text, 'paused'::text])))
);

CREATE TABLE public.audit (
    seq bigint NOT NULL,
    at timestamp with time zone DEFAULT public.audit_at() NOT NULL,
    content json NOT NULL,
    previous bytea NOT NULL,
    hash bytea NOT NULL,
    action text GENERATED ALWAYS AS ((content ->> 'action'::text)) STORED NOT NULL,
    actor text GENERATED ALWAYS AS (((content -> 'actor'::text) ->> 'name'::text)) STORED NOT NULL,
    subject_id text GENERATED ALWAYS AS (((content -> 'subject'::text) ->> 'id'::text)) STORED,
    subject_name text GENERATED ALWAYS AS (((content -> 'subject'::text) ->> 'name'::text)) STORED NOT NULL
)
PARTITION BY RANGE (at);

CREATE TABLE public.audit_default (
    seq bigint NOT NULL,
    at timestamp with time zone DEFAULT public.audit_at() NOT NULL,
    content json NOT NULL,
    previous bytea NOT NULL,
    hash bytea NOT NULL,
    action text GENERATED ALWAYS AS ((content ->> 'action'::text)) STORED NOT NULL,
    actor text GENERATED ALWAYS AS (((content -> 'actor'::text) ->> 'name'::text)) STORED NOT NULL,
    subject_id text GENERATED ALWAYS AS (((content -> 'subject'::text) ->> 'id'::text)) STORED,
    subject_name text GENERATED ALWAYS AS (((content -> 'subject'::text) ->> 'name'::text)) STORED NOT NULL
);

CREATE TABLE public.events (
    id uuid NOT NULL,
    application_id uuid NOT NULL,
    at timestamp with time zone DEFAULT now() NOT NULL,
    kind text NOT NULL,
    subject_id uuid NOT NULL,
    subject_name text NOT NULL,
    operation text NOT NULL,
    outcome text NOT NULL,
    sentence text NOT NULL,
    changes json,
    exchanges json,
    duration_ms integer,
    attempt integer DEFAULT 1 NOT NULL,
    deactivation boolean DEFAULT false NOT NULL,
    cause json,
    CONSTRAINT events_kind_check CHECK ((kind = ANY (ARRAY['user'::text, 'group'::text, 'application'::text]))),
    CONSTRAINT events_outcome_check CHECK ((outcome = ANY (ARRAY['done'::text, 'later'::text, 'again'::text, 'refused'::text, 'stopped'::text])))
)
PARTITION BY RANGE (id);

CREATE TABLE public.events_default (
    id uuid NOT NULL,
    application_id uuid NOT NULL,
    at timestamp with time zone DEFAULT now() NOT NULL,
    kind text NOT NULL,
    subject_id uuid NOT NULL,
    subject_name text NOT NULL,
    operation text NOT NULL,
    outcome text NOT NULL,
    sentence text NOT NULL,
    changes json,
    exchanges json,
    duration_ms integer,
    attempt integer DEFAULT 1 NOT NULL,
    deactivation boolean DEFAULT false NOT NULL,
    cause json,
    CONSTRAINT events_kind_check CHECK ((kind = ANY (ARRAY['user'::text, 'group'::text, 'application'::text]))),
    CONSTRAINT events_outcome_check CHECK ((outcome = ANY (ARRAY['done'::text, 'later'::text, 'again'::text, 'refused'::text, 'stopped'::text])))
);

CREATE TABLE public.factors (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    kind text NOT NULL,
    label text NOT NULL,
    key_id text,
    nonce bytea,
    ciphertext bytea,
    last_step bigint,
    credential_id text,
    public_key bytea,
    sign_count bigint DEFAULT 0 NOT NULL,
    transports jsonb DEFAULT '[]'::jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    confirmed_at timestamp with time zone,
    last_used_at timestamp with time zone,
    session_id uuid,
    CONSTRAINT factors_check CHECK (((kind = 'passkey'::text) = ((credential_id IS NOT NULL) AND (public_key IS NOT NULL)))),
    CONSTRAINT factors_check1 CHECK (((kind = 'totp'::text) = ((key_id IS NOT NULL) AND (nonce IS NOT NULL) AND (ciphertext IS NOT NULL)))),
    CONSTRAINT factors_kind_check CHECK ((kind = ANY (ARRAY['totp'::text, 'passkey'::text])))
);

CREATE SEQUENCE public.generations
    START WITH 1000000000
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1000;

CREATE TABLE public.group_members (
    group_id uuid NOT NULL,
    user_id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.groups (
    id uuid NOT NULL,
    name text NOT NULL,
    description text,
    version bigint DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.half_sign_ins (
    browser bytea NOT NULL,
    user_id uuid NOT NULL,
    expires_at timestamp with time zone NOT NULL
);

CREATE TABLE public.holds (
    id uuid NOT NULL,
    application_id uuid NOT NULL,
    state text NOT NULL,
    reason text NOT NULL,
    detail jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    decided_at timestamp with time zone,
    decided_by text,
    CONSTRAINT holds_state_check CHECK ((state = ANY (ARRAY['open'::text, 'approved'::text, 'rejected'::text])))
);

CREATE TABLE public.import_items (
    import_id uuid NOT NULL,
    remote_id text NOT NULL,
    person jsonb NOT NULL,
    outcome text,
    user_id uuid,
    errors jsonb,
    key text,
    CONSTRAINT import_items_outcome_check CHECK ((outcome = ANY (ARRAY['created'::text, 'linked'::text, 'unchanged'::text, 'failed'::text, 'cancelled'::text])))
);

CREATE TABLE public.imports (
    id uuid NOT NULL,
    application_id uuid NOT NULL,
    state text NOT NULL,
    user_state text NOT NULL,
    background boolean NOT NULL,
    cause jsonb NOT NULL,
    mail_to text,
    mail_link text,
    mail_state text DEFAULT 'none'::text NOT NULL,
    mail_attempts integer DEFAULT 0 NOT NULL,
    mail_due_at timestamp with time zone DEFAULT now() NOT NULL,
    mail_message text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    finished_at timestamp with time zone,
    CONSTRAINT imports_mail_state_check CHECK ((mail_state = ANY (ARRAY['none'::text, 'owed'::text, 'sent'::text, 'failed'::text]))),
    CONSTRAINT imports_state_check CHECK ((state = ANY (ARRAY['running'::text, 'done'::text]))),
    CONSTRAINT imports_user_state_check CHECK ((user_state = ANY (ARRAY['staged'::text, 'active'::text])))
);

CREATE TABLE public.lane_sending (
    application_id uuid NOT NULL,
    epoch bigint NOT NULL,
    steps json NOT NULL
);

CREATE TABLE public.lanes (
    application_id uuid NOT NULL,
    due_at timestamp with time zone DEFAULT 'infinity'::timestamp with time zone NOT NULL,
    owner text,
    until timestamp with time zone,
    epoch bigint DEFAULT 0 NOT NULL,
    in_flight integer DEFAULT 0 NOT NULL,
    inventory_due_at timestamp with time zone DEFAULT 'infinity'::timestamp with time zone NOT NULL,
    roster_due_at timestamp with time zone DEFAULT 'infinity'::timestamp with time zone NOT NULL,
    wait_until timestamp with time zone,
    unsure boolean DEFAULT false NOT NULL,
    inventory_error jsonb,
    inventory_error_since timestamp with time zone
);

CREATE TABLE public.left_groups (
    application_id uuid NOT NULL,
    group_id uuid NOT NULL,
    remote_id text,
    key text,
    accepted jsonb NOT NULL,
    in_flight text,
    CONSTRAINT left_groups_check CHECK (((remote_id IS NOT NULL) OR (in_flight IS NOT NULL)))
);

CREATE TABLE public.link_members (
    application_id uuid NOT NULL,
    group_id uuid NOT NULL,
    user_id uuid NOT NULL,
    error jsonb
);

CREATE TABLE public.links (
    application_id uuid NOT NULL,
    kind text NOT NULL,
    subject_id uuid NOT NULL,
    subject_name text NOT NULL,
    remote_id text,
    state text NOT NULL,
    key text,
    accepted jsonb DEFAULT '{}'::jsonb NOT NULL,
    not_accepted jsonb DEFAULT '{}'::jsonb NOT NULL,
    error jsonb,
    attention jsonb,
    drift jsonb,
    in_flight text,
    managed boolean DEFAULT true NOT NULL,
    kept boolean DEFAULT false NOT NULL,
    moving boolean DEFAULT false NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    own_values jsonb,
    take_over boolean DEFAULT false NOT NULL,
    CONSTRAINT links_kind_check CHECK ((kind = ANY (ARRAY['user'::text, 'group'::text]))),
    CONSTRAINT links_state_check CHECK ((state = ANY (ARRAY['absent'::text, 'active'::text, 'inactive'::text])))
);

CREATE TABLE public.notices (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    application_id uuid NOT NULL,
    user_id uuid NOT NULL,
    kind text NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    due_at timestamp with time zone DEFAULT now() NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT notices_kind_check CHECK ((kind = ANY (ARRAY['paused'::text, 'held'::text])))
);

CREATE TABLE public.one_time_links (
    token_hash bytea NOT NULL,
    purpose text NOT NULL,
    user_id uuid,
    expires_at timestamp with time zone NOT NULL,
    CONSTRAINT one_time_links_check CHECK (((purpose = 'password-reset'::text) = (user_id IS NOT NULL))),
    CONSTRAINT one_time_links_purpose_check CHECK ((purpose = ANY (ARRAY['first-administrator'::text, 'password-reset'::text])))
);

CREATE TABLE public.passkey_challenges (
    browser bytea NOT NULL,
    challenge text NOT NULL,
    expires_at timestamp with time zone NOT NULL
);

CREATE TABLE public.passwords (
    user_id uuid NOT NULL,
    hash text NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.pending (
    application_id uuid NOT NULL,
    kind text NOT NULL,
    subject_id uuid NOT NULL,
    generation bigint DEFAULT nextval('public.generations'::regclass) NOT NULL,
    priority smallint NOT NULL,
    due_at timestamp with time zone DEFAULT now() NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    whole boolean DEFAULT false NOT NULL,
    hold_id uuid,
    approved boolean DEFAULT false NOT NULL,
    cause jsonb,
    differing uuid[],
    CONSTRAINT pending_kind_check CHECK ((kind = ANY (ARRAY['user'::text, 'group'::text])))
);

CREATE TABLE public.pending_members (
    application_id uuid NOT NULL,
    group_id uuid NOT NULL,
    user_id uuid NOT NULL,
    generation bigint DEFAULT nextval('public.generations'::regclass) NOT NULL
);

CREATE TABLE public.recovery_codes (
    user_id uuid NOT NULL,
    hash bytea NOT NULL
);

CREATE TABLE public.remote_resources (
    application_id uuid NOT NULL,
    kind text NOT NULL,
    remote_id text NOT NULL,
    key text NOT NULL,
    representation jsonb NOT NULL,
    run uuid NOT NULL,
    person jsonb,
    CONSTRAINT remote_resources_kind_check CHECK ((kind = ANY (ARRAY['user'::text, 'group'::text])))
);

CREATE TABLE public.rosters (
    application_id uuid NOT NULL,
    state text NOT NULL,
    seen integer DEFAULT 0 NOT NULL,
    message text,
    started_at timestamp with time zone DEFAULT now() NOT NULL,
    read_at timestamp with time zone,
    CONSTRAINT rosters_state_check CHECK ((state = ANY (ARRAY['never'::text, 'reading'::text, 'read'::text, 'failed'::text])))
);

CREATE TABLE public.saml_certificates (
    id uuid NOT NULL,
    application_id uuid NOT NULL,
    state text NOT NULL,
    certificate text NOT NULL,
    not_before timestamp with time zone NOT NULL,
    not_after timestamp with time zone NOT NULL,
    key_id text NOT NULL,
    nonce bytea NOT NULL,
    ciphertext bytea NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT saml_certificates_state_check CHECK ((state = ANY (ARRAY['next'::text, 'current'::text, 'retired'::text])))
);

CREATE TABLE public.saml_logouts (
    awaits text NOT NULL,
    state jsonb NOT NULL,
    expires_at timestamp with time zone NOT NULL
);

CREATE TABLE public.saml_messages (
    application_id uuid NOT NULL,
    message_id text NOT NULL,
    expires_at timestamp with time zone NOT NULL
);

CREATE TABLE public.saml_requests (
    token_hash bytea NOT NULL,
    application_id uuid NOT NULL,
    content jsonb NOT NULL,
    received_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone NOT NULL
);

CREATE TABLE public.saml_sessions (
    session_index text NOT NULL,
    session_id uuid NOT NULL,
    application_id uuid NOT NULL,
    name_id text NOT NULL,
    name_id_format text NOT NULL
);

CREATE TABLE public.secrets (
    id text NOT NULL,
    key_id text NOT NULL,
    nonce bytea NOT NULL,
    ciphertext bytea NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.sessions (
    id uuid NOT NULL,
    token_hash bytea NOT NULL,
    user_id uuid NOT NULL,
    methods jsonb NOT NULL,
    authenticated_at timestamp with time zone DEFAULT now() NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    last_seen_at timestamp with time zone DEFAULT now() NOT NULL,
    idle_seconds integer NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    address text NOT NULL,
    user_agent text NOT NULL
);

CREATE TABLE public.throttles (
    key bytea NOT NULL,
    failures integer NOT NULL,
    failed_at timestamp with time zone NOT NULL,
    wait_until timestamp with time zone NOT NULL
);

CREATE TABLE public.users (
    id uuid NOT NULL,
    username text NOT NULL,
    email text,
    firstname text,
    lastname text,
    displayname text,
    state text NOT NULL,
    attributes jsonb DEFAULT '{}'::jsonb NOT NULL,
    version bigint DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT users_state_check CHECK ((state = ANY (ARRAY['staged'::text, 'active'::text, 'suspended'::text])))
);

ALTER TABLE ONLY public.audit ATTACH PARTITION public.audit_default DEFAULT;

ALTER TABLE ONLY public.events ATTACH PARTITION public.events_default DEFAULT;

ALTER TABLE ONLY public.administrators
    ADD CONSTRAINT administrators_pkey PRIMARY KEY (user_id);

ALTER TABLE ONLY public.api_keys
    ADD CONSTRAINT api_keys_hash_key UNIQUE (hash);

ALTER TABLE ONLY public.api_keys
    ADD CONSTRAINT api_keys_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.application_groups
    ADD CONSTRAINT application_groups_pkey PRIMARY KEY (application_id, group_id);

ALTER TABLE ONLY public.applications
    ADD CONSTRAINT applications_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audit
    ADD CONSTRAINT audit_pkey PRIMARY KEY (seq, at);

ALTER TABLE ONLY public.audit_default
    ADD CONSTRAINT audit_default_pkey PRIMARY KEY (seq, at);

ALTER TABLE ONLY public.events
    ADD CONSTRAINT events_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.events_default
    ADD CONSTRAINT events_default_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.factors
    ADD CONSTRAINT factors_credential_id_key UNIQUE (credential_id);

ALTER TABLE ONLY public.factors
    ADD CONSTRAINT factors_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.group_members
    ADD CONSTRAINT group_members_pkey PRIMARY KEY (group_id, user_id);

ALTER TABLE ONLY public.groups
    ADD CONSTRAINT groups_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.half_sign_ins
    ADD CONSTRAINT half_sign_ins_pkey PRIMARY KEY (browser);

ALTER TABLE ONLY public.holds
    ADD CONSTRAINT holds_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.import_items
    ADD CONSTRAINT import_items_pkey PRIMARY KEY (import_id, remote_id);

ALTER TABLE ONLY public.imports
    ADD CONSTRAINT imports_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.lane_sending
    ADD CONSTRAINT lane_sending_pkey PRIMARY KEY (application_id, epoch);

ALTER TABLE ONLY public.lanes
    ADD CONSTRAINT lanes_pkey PRIMARY KEY (application_id);

ALTER TABLE ONLY public.left_groups
    ADD CONSTRAINT left_groups_application_id_remote_id_key UNIQUE (application_id, remote_id);

ALTER TABLE ONLY public.link_members
    ADD CONSTRAINT link_members_pkey PRIMARY KEY (application_id, group_id, user_id);

ALTER TABLE ONLY public.links
    ADD CONSTRAINT links_pkey PRIMARY KEY (application_id, kind, subject_id);

ALTER TABLE ONLY public.notices
    ADD CONSTRAINT notices_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.one_time_links
    ADD CONSTRAINT one_time_links_pkey PRIMARY KEY (token_hash);

ALTER TABLE ONLY public.passkey_challenges
    ADD CONSTRAINT passkey_challenges_pkey PRIMARY KEY (browser);

ALTER TABLE ONLY public.passwords
    ADD CONSTRAINT passwords_pkey PRIMARY KEY (user_id);

ALTER TABLE ONLY public.pending_members
    ADD CONSTRAINT pending_members_pkey PRIMARY KEY (application_id, group_id, user_id);

ALTER TABLE ONLY public.pending
    ADD CONSTRAINT pending_pkey PRIMARY KEY (application_id, kind, subject_id);

ALTER TABLE ONLY public.recovery_codes
    ADD CONSTRAINT recovery_codes_pkey PRIMARY KEY (user_id, hash);

ALTER TABLE ONLY public.remote_resources
    ADD CONSTRAINT remote_resources_pkey PRIMARY KEY (application_id, kind, remote_id);

ALTER TABLE ONLY public.rosters
    ADD CONSTRAINT rosters_pkey PRIMARY KEY (application_id);

ALTER TABLE ONLY public.saml_certificates
    ADD CONSTRAINT saml_certificates_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.saml_logouts
    ADD CONSTRAINT saml_logouts_pkey PRIMARY KEY (awaits);

ALTER TABLE ONLY public.saml_messages
    ADD CONSTRAINT saml_messages_pkey PRIMARY KEY (application_id, message_id);

ALTER TABLE ONLY public.saml_requests
    ADD CONSTRAINT saml_requests_pkey PRIMARY KEY (token_hash);

ALTER TABLE ONLY public.saml_sessions
    ADD CONSTRAINT saml_sessions_pkey PRIMARY KEY (session_index);

ALTER TABLE ONLY public.saml_sessions
    ADD CONSTRAINT saml_sessions_session_id_application_id_key UNIQUE (session_id, application_id);

ALTER TABLE ONLY public.secrets
    ADD CONSTRAINT secrets_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_token_hash_key UNIQUE (token_hash);

ALTER TABLE ONLY public.throttles
    ADD CONSTRAINT throttles_pkey PRIMARY KEY (key);

ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_pkey PRIMARY KEY (id);

CREATE INDEX application_groups_group ON public.application_groups USING btree (group_id, application_id);

CREATE INDEX audit_action ON ONLY public.audit USING btree (action, seq);

CREATE INDEX audit_actor ON ONLY public.audit USING btree (actor, seq);

CREATE INDEX audit_at ON ONLY public.audit USING btree (at);

CREATE INDEX audit_default_action_seq_idx ON public.audit_default USING btree (action, seq);

CREATE INDEX audit_default_actor_seq_idx ON public.audit_default USING btree (actor, seq);

CREATE INDEX audit_default_at_idx ON public.audit_default USING btree (at);

CREATE INDEX audit_subject ON ONLY public.audit USING btree (subject_id, seq);

CREATE INDEX audit_default_subject_id_seq_idx ON public.audit_default USING btree (subject_id, seq);

CREATE INDEX events_application ON ONLY public.events USING btree (application_id, id);

CREATE INDEX events_deactivation ON ONLY public.events USING btree (application_id, at) WHERE deactivation;

CREATE INDEX events_default_application_id_at_idx ON public.events_default USING btree (application_id, at) WHERE deactivation;

CREATE INDEX events_default_application_id_id_idx ON public.events_default USING btree (application_id, id);

CREATE INDEX events_left ON ONLY public.events USING btree (application_id, id) WHERE ((operation = ANY (ARRAY['deactivateUser'::text, 'deleteUser'::text])) AND (outcome = 'done'::text));

CREATE INDEX events_default_application_id_id_idx1 ON public.events_default USING btree (application_id, id) WHERE ((operation = ANY (ARRAY['deactivateUser'::text, 'deleteUser'::text])) AND (outcome = 'done'::text));

CREATE INDEX events_failed ON ONLY public.events USING btree (application_id, id) WHERE (outcome = ANY (ARRAY['refused'::text, 'later'::text, 'stopped'::text]));

CREATE INDEX events_default_application_id_id_idx2 ON public.events_default USING btree (application_id, id) WHERE (outcome = ANY (ARRAY['refused'::text, 'later'::text, 'stopped'::text]));

CREATE INDEX events_subject ON ONLY public.events USING btree (subject_id, id);

CREATE INDEX events_default_subject_id_id_idx ON public.events_default USING btree (subject_id, id);

CREATE INDEX factors_session ON public.factors USING btree (session_id) WHERE (session_id IS NOT NULL);

CREATE INDEX factors_user ON public.factors USING btree (user_id);

CREATE INDEX group_members_user ON public.group_members USING btree (user_id, group_id);

CREATE UNIQUE INDEX groups_name ON public.groups USING btree (lower(name));

CREATE INDEX holds_application ON public.holds USING btree (application_id, created_at);

CREATE INDEX import_items_outcome ON public.import_items USING btree (import_id, outcome);

CREATE INDEX import_items_waiting ON public.import_items USING btree (import_id, remote_id) WHERE (outcome IS NULL);

CREATE INDEX imports_application ON public.imports USING btree (application_id, id);

CREATE INDEX imports_finished ON public.imports USING btree (finished_at) WHERE (state = 'done'::text);

CREATE INDEX imports_unfinished ON public.imports USING btree (id) WHERE ((state = 'running'::text) OR (mail_state = 'owed'::text));

CREATE INDEX lanes_due ON public.lanes USING btree (due_at);

CREATE INDEX left_groups_group ON public.left_groups USING btree (group_id, application_id);

CREATE INDEX link_members_refused ON public.link_members USING btree (application_id, group_id) WHERE (error IS NOT NULL);

CREATE INDEX link_members_user ON public.link_members USING btree (user_id, application_id);

CREATE INDEX links_drift ON public.links USING btree (application_id, kind, subject_id) WHERE (drift IS NOT NULL);

CREATE INDEX links_in_flight ON public.links USING btree (application_id) WHERE ((kind = 'user'::text) AND (in_flight IS NOT NULL));

CREATE INDEX links_kept ON public.links USING btree (application_id, subject_id) WHERE kept;

CREATE INDEX links_key ON public.links USING btree (key, application_id, kind);

CREATE INDEX links_left_alone ON public.links USING btree (application_id, subject_id) WHERE ((NOT managed) OR kept);

CREATE INDEX links_name ON public.links USING btree (application_id, kind, lower(subject_name), subject_id) WHERE (lower(subject_name) >= ''::text);

CREATE UNIQUE INDEX links_remote ON public.links USING btree (application_id, kind, remote_id) INCLUDE (state) WHERE (remote_id IS NOT NULL);

CREATE INDEX links_trouble ON public.links USING btree (application_id, kind) WHERE ((error IS NOT NULL) OR (attention IS NOT NULL));

CREATE INDEX notices_application ON public.notices USING btree (application_id);

CREATE INDEX pending_due ON public.pending USING btree (application_id, kind, priority, due_at, subject_id) WHERE (hold_id IS NULL);

CREATE INDEX pending_held ON public.pending USING btree (hold_id) WHERE (hold_id IS NOT NULL);

CREATE INDEX remote_resources_key ON public.remote_resources USING btree (application_id, kind, key);

CREATE INDEX remote_resources_name ON public.remote_resources USING btree (application_id, kind, lower(COALESCE((person ->> 'displayname'::text), ''::text)), remote_id);

CREATE INDEX saml_certificates_application ON public.saml_certificates USING btree (application_id);

CREATE UNIQUE INDEX saml_certificates_one ON public.saml_certificates USING btree (application_id, state) WHERE (state <> 'retired'::text);

CREATE INDEX saml_logouts_expiry ON public.saml_logouts USING btree (expires_at);

CREATE INDEX saml_messages_expiry ON public.saml_messages USING btree (expires_at);

CREATE INDEX saml_requests_application ON public.saml_requests USING btree (application_id);

CREATE INDEX saml_requests_expiry ON public.saml_requests USING btree (expires_at);

CREATE INDEX saml_sessions_application ON public.saml_sessions USING btree (application_id, name_id);

CREATE INDEX sessions_expiry ON public.sessions USING btree (expires_at);

CREATE INDEX sessions_user ON public.sessions USING btree (user_id);

CREATE INDEX throttles_age ON public.throttles USING btree (failed_at);

CREATE INDEX users_created ON public.users USING btree (created_at, lower(username));

CREATE INDEX users_email ON public.users USING btree (lower(email));

CREATE INDEX users_name ON public.users USING btree (lower(COALESCE(lastname, ''::text)), lower(COALESCE(firstname, ''::text)), lower(username));

CREATE INDEX users_state ON public.users USING btree (state, lower(username));

CREATE UNIQUE INDEX users_username ON public.users USING btree (lower(username));

ALTER INDEX public.audit_action ATTACH PARTITION public.audit_default_action_seq_idx;

ALTER INDEX public.audit_actor ATTACH PARTITION public.audit_default_actor_seq_idx;

ALTER INDEX public.audit_at ATTACH PARTITION public.audit_default_at_idx;

ALTER INDEX public.audit_pkey ATTACH PARTITION public.audit_default_pkey;

ALTER INDEX public.audit_subject ATTACH PARTITION public.audit_default_subject_id_seq_idx;

ALTER INDEX public.events_deactivation ATTACH PARTITION public.events_default_application_id_at_idx;

ALTER INDEX public.events_application ATTACH PARTITION public.events_default_application_id_id_idx;

ALTER INDEX public.events_left ATTACH PARTITION public.events_default_application_id_id_idx1;

ALTER INDEX public.events_failed ATTACH PARTITION public.events_default_application_id_id_idx2;

ALTER INDEX public.events_pkey ATTACH PARTITION public.events_default_pkey;

ALTER INDEX public.events_subject ATTACH PARTITION public.events_default_subject_id_id_idx;

CREATE TRIGGER audit_keep BEFORE DELETE OR UPDATE OR TRUNCATE ON public.audit FOR EACH STATEMENT EXECUTE FUNCTION public.audit_keep();

CREATE TRIGGER audit_keep BEFORE DELETE OR UPDATE OR TRUNCATE ON public.audit_default FOR EACH STATEMENT EXECUTE FUNCTION public.audit_keep();

CREATE TRIGGER audit_link BEFORE INSERT ON public.audit FOR EACH ROW EXECUTE FUNCTION public.audit_link();

ALTER TABLE ONLY public.administrators
    ADD CONSTRAINT administrators_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.application_groups
    ADD CONSTRAINT application_groups_application_id_fkey FOREIGN KEY (application_id) REFERENCES public.applications(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.application_groups
    ADD CONSTRAINT application_groups_group_id_fkey FOREIGN KEY (group_id) REFERENCES public.groups(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.factors
    ADD CONSTRAINT factors_session_id_fkey FOREIGN KEY (session_id) REFERENCES public.sessions(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.factors
    ADD CONSTRAINT factors_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.group_members
    ADD CONSTRAINT group_members_group_id_fkey FOREIGN KEY (group_id) REFERENCES public.groups(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.group_members
    ADD CONSTRAINT group_members_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.half_sign_ins
    ADD CONSTRAINT half_sign_ins_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.holds
    ADD CONSTRAINT holds_application_id_fkey FOREIGN KEY (application_id) REFERENCES public.applications(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.import_items
    ADD CONSTRAINT import_items_import_id_fkey FOREIGN KEY (import_id) REFERENCES public.imports(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.imports
    ADD CONSTRAINT imports_application_id_fkey FOREIGN KEY (application_id) REFERENCES public.applications(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.lane_sending
    ADD CONSTRAINT lane_sending_application_id_fkey FOREIGN KEY (application_id) REFERENCES public.lanes(application_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.lanes
    ADD CONSTRAINT lanes_application_id_fkey FOREIGN KEY (application_id) REFERENCES public.applications(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.left_groups
    ADD CONSTRAINT left_groups_application_id_fkey FOREIGN KEY (application_id) REFERENCES public.applications(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.left_groups
    ADD CONSTRAINT left_groups_group_id_fkey FOREIGN KEY (group_id) REFERENCES public.groups(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.notices
    ADD CONSTRAINT notices_application_id_fkey FOREIGN KEY (application_id) REFERENCES public.applications(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.one_time_links
    ADD CONSTRAINT one_time_links_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.passwords
    ADD CONSTRAINT passwords_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.recovery_codes
    ADD CONSTRAINT recovery_codes_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.rosters
    ADD CONSTRAINT rosters_application_id_fkey FOREIGN KEY (application_id) REFERENCES public.applications(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.saml_certificates
    ADD CONSTRAINT saml_certificates_application_id_fkey FOREIGN KEY (application_id) REFERENCES public.applications(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.saml_messages
    ADD CONSTRAINT saml_messages_application_id_fkey FOREIGN KEY (application_id) REFERENCES public.applications(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.saml_requests
    ADD CONSTRAINT saml_requests_application_id_fkey FOREIGN KEY (application_id) REFERENCES public.applications(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.saml_sessions
    ADD CONSTRAINT saml_sessions_application_id_fkey FOREIGN KEY (application_id) REFERENCES public.applications(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.saml_sessions
    ADD CONSTRAINT saml_sessions_session_id_fkey FOREIGN KEY (session_id) REFERENCES public.sessions(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;
