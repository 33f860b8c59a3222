-- A group of medical practices: departments, physicians, patients, appointments and what was found.
-- PostgreSQL 15

CREATE DOMAIN email_address AS varchar(254)
    CHECK (VALUE LIKE '%_@_%._%');
CREATE DOMAIN amount AS numeric(10, 2)
    CHECK (VALUE >= 0);
CREATE DOMAIN percentage AS numeric(5, 2) DEFAULT 0
    CHECK (VALUE BETWEEN 0 AND 100);

CREATE TYPE blood_group AS ENUM ('O+', 'A+', 'B+', 'AB+', 'O-', 'A-', 'B-', 'AB-');
CREATE TYPE appointment_status AS ENUM ('scheduled', 'checked in', 'completed', 'cancelled', 'no show');

-- Every department has a head, and every physician belongs to a department.
CREATE TABLE department (
    department_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name          text    NOT NULL UNIQUE,
    floor         integer NOT NULL CHECK (floor BETWEEN 0 AND 9),
    extension     text    CHECK (extension ~ '^[0-9]{4}$'),
    head_id       integer NOT NULL
);

CREATE TABLE physician (
    physician_id  integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    department_id integer NOT NULL REFERENCES department DEFERRABLE INITIALLY DEFERRED,
    first_name    text NOT NULL,
    last_name     text NOT NULL,
    full_name     text GENERATED ALWAYS AS (first_name || ' ' || last_name) STORED,
    email         email_address NOT NULL UNIQUE,
    specialty     text NOT NULL,
    languages     text[] NOT NULL DEFAULT '{English}',
    licensed_on   date NOT NULL,
    hired_on      date NOT NULL,
    left_on       date,
    hourly_rate   amount NOT NULL,
    CHECK (hired_on >= licensed_on),
    CHECK (left_on IS NULL OR left_on > hired_on)
);

ALTER TABLE department
    ADD CONSTRAINT department_head_fk FOREIGN KEY (head_id) REFERENCES physician
    DEFERRABLE INITIALLY DEFERRED;

CREATE TABLE patient (
    patient_id      integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    record_number   uuid NOT NULL UNIQUE DEFAULT gen_random_uuid(),
    first_name      text NOT NULL,
    last_name       text NOT NULL,
    gender          char(1) CHECK (gender IN ('f', 'm', 'x')),
    birth_date      date NOT NULL CHECK (birth_date >= date '1920-01-01'),
    blood_group     blood_group,
    email           email_address,
    phone           text,
    street          text NOT NULL,
    city            text NOT NULL,
    state           char(2) NOT NULL,
    postal_code     text NOT NULL,
    allergies       text[],
    physician_id    integer NOT NULL REFERENCES physician,
    registered_at   timestamp with time zone NOT NULL DEFAULT now(),
    preferences     jsonb
);

CREATE UNIQUE INDEX patient_email_unique ON patient (lower(email));

CREATE TABLE appointment (
    appointment_id bigint GENERATED ALWAYS AS IDENTITY,
    patient_id     integer NOT NULL REFERENCES patient,
    physician_id   integer NOT NULL REFERENCES physician,
    scheduled_on   date NOT NULL,
    starts_at      time NOT NULL,
    minutes        integer NOT NULL DEFAULT 30 CHECK (minutes IN (15, 30, 45, 60)),
    status         appointment_status NOT NULL DEFAULT 'scheduled',
    reason         text,
    PRIMARY KEY (appointment_id, scheduled_on)
) PARTITION BY RANGE (scheduled_on);

CREATE TABLE appointment_2023 PARTITION OF appointment FOR VALUES FROM ('2023-01-01') TO ('2024-01-01');
CREATE TABLE appointment_2024 PARTITION OF appointment FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE appointment_2025 PARTITION OF appointment FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');

CREATE TABLE measurement (
    measurement_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    patient_id     integer NOT NULL REFERENCES patient ON DELETE CASCADE,
    measured_at    timestamp with time zone NOT NULL,
    height_cm      numeric(4, 1) NOT NULL CHECK (height_cm BETWEEN 40 AND 220),
    weight_kg      numeric(4, 1) NOT NULL CHECK (weight_kg BETWEEN 2 AND 250),
    body_mass_index numeric(8, 2) GENERATED ALWAYS AS (round(weight_kg / ((height_cm / 100) * (height_cm / 100)), 2)) STORED,
    systolic       smallint CHECK (systolic BETWEEN 70 AND 220),
    diastolic      smallint CHECK (diastolic BETWEEN 40 AND 130),
    CHECK (systolic > diastolic)
);

CREATE TABLE invoice (
    invoice_id   integer GENERATED ALWAYS AS IDENTITY (START WITH 10001) PRIMARY KEY,
    patient_id   integer NOT NULL REFERENCES patient,
    issued_on    date NOT NULL,
    due_on       date NOT NULL,
    paid_on      date,
    net          amount NOT NULL,
    discount     percentage NOT NULL,
    currency     char(3) NOT NULL DEFAULT 'USD',
    CHECK (due_on > issued_on),
    CHECK (paid_on IS NULL OR paid_on >= issued_on)
);

COMMENT ON TABLE measurement IS 'What a nurse measured before an appointment';
COMMENT ON COLUMN invoice.discount IS 'Percent of net';
