-- Bicycles for rent at stations of a city.
-- SQLite 3

PRAGMA foreign_keys = ON;
BEGIN TRANSACTION;

CREATE TABLE station (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    name        TEXT NOT NULL UNIQUE COLLATE NOCASE,
    street      TEXT NOT NULL,
    city        TEXT NOT NULL,
    latitude    REAL NOT NULL CHECK (latitude BETWEEN -90 AND 90),
    longitude   REAL NOT NULL CHECK (longitude BETWEEN -180 AND 180),
    docks       INTEGER NOT NULL CHECK (docks > 0 AND docks <= 40),
    installed   DATE NOT NULL
);

CREATE TABLE bike (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    serial_number TEXT NOT NULL UNIQUE CHECK (length(serial_number) BETWEEN 6 AND 20),
    model         TEXT NOT NULL,
    kind          TEXT NOT NULL DEFAULT "city" CHECK (kind IN ('city', 'cargo', 'electric', 'children')),
    condition     TEXT NOT NULL DEFAULT 'good' CHECK (condition IN ('new', 'good', 'worn', 'broken')),
    station_id    INTEGER REFERENCES Station (ID) ON DELETE SET NULL,
    bought_on     DATE NOT NULL,
    price         DECIMAL(7,2) NOT NULL CHECK (price > 0),
    is_retired    BOOLEAN NOT NULL DEFAULT 0
);

CREATE TABLE rider (
    id         INTEGER PRIMARY KEY,
    first_name TEXT NOT NULL,
    last_name  TEXT NOT NULL,
    email      VARCHAR(120) NOT NULL UNIQUE ON CONFLICT IGNORE,
    phone      TEXT,
    birth_date DATE,
    plan       TEXT NOT NULL DEFAULT 'day' CHECK (plan IN ('day', 'month', 'year')),
    invited_by INTEGER REFERENCES rider,
    joined_at  DATETIME NOT NULL DEFAULT (datetime('now'))
);

CREATE TABLE ride (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    bike_id       INTEGER NOT NULL REFERENCES bike (id),
    rider_id      INTEGER NOT NULL REFERENCES rider (id),
    from_station  INTEGER NOT NULL REFERENCES station (id),
    to_station    INTEGER REFERENCES station (id),
    started_at    DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    ended_at      DATETIME,
    distance_km   REAL CHECK (distance_km IS NULL OR distance_km >= 0),
    fare          DECIMAL(6,2) NOT NULL DEFAULT 0 CHECK (fare >= 0),
    CHECK (ended_at IS NULL OR ended_at > started_at)
);

CREATE TABLE repair (
    bike_id     INTEGER NOT NULL REFERENCES bike (id) ON DELETE CASCADE,
    repaired_on DATE NOT NULL,
    part        TEXT NOT NULL CHECK (part IN ('brake', 'chain', 'tyre', 'light', 'battery', 'saddle')),
    cost        DECIMAL(6,2) NOT NULL CHECK (cost >= 0),
    notes       TEXT,
    PRIMARY KEY (bike_id, repaired_on, part)
) WITHOUT ROWID;

CREATE INDEX ride_started ON ride (started_at DESC);

CREATE TRIGGER ride_ended AFTER UPDATE OF ended_at ON ride
BEGIN
    UPDATE bike SET station_id = new.to_station WHERE id = new.bike_id;
END;

COMMIT;
