-- A junction table: its key is made of two foreign keys.
-- rows: 60
-- args: --rows enrolments=900
-- expect rows enrolments = 900
-- expect rows teaches = 60
create table students (id serial primary key, name text not null);
create table courses (id serial primary key, title varchar(80) not null unique);
create table enrolments (
    student_id integer not null references students,
    course_id integer not null references courses,
    enrolled_on date not null,
    primary key (student_id, course_id)
);
create table teachers (id serial primary key, name text);
create table teaches (
    teacher_id integer references teachers,
    course_id integer references courses,
    term smallint not null check (term between 1 and 3),
    primary key (teacher_id, course_id, term)
);
