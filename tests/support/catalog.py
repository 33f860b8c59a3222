"""What a database's catalog says of its schema, as lines that can be compared."""

from __future__ import annotations

from support.postgres import Database

_USER_NAMESPACES = "n.nspname not in ('pg_catalog', 'information_schema') and n.nspname !~ '^pg_(toast|temp)'"

_COLUMNS = f"""
select format('column %I.%I.%I %s%s%s%s%s%s', n.nspname, c.relname, a.attname,
              format_type(a.atttypid, a.atttypmod),
              case when a.attnotnull then ' not null' end,
              case when a.attidentity <> '' then format(' identity %s', a.attidentity) end,
              case when a.attgenerated <> '' then ' generated' end,
              case when d.adbin is not null then ' := ' || pg_get_expr(d.adbin, d.adrelid) end,
              case when a.attcollation <> t.typcollation then ' collate ' || a.attcollation::regcollation end)
from pg_attribute a
join pg_class c on c.oid = a.attrelid and c.relkind in ('r', 'p', 'c')
join pg_namespace n on n.oid = c.relnamespace
join pg_type t on t.oid = a.atttypid
left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
where a.attnum > 0 and not a.attisdropped and {_USER_NAMESPACES}
"""

_CONSTRAINTS = f"""
select format('constraint %s %I: %s', coalesce(nullif(k.conrelid, 0)::regclass::text, k.contypid::regtype::text),
              k.conname, pg_get_constraintdef(k.oid))
from pg_constraint k join pg_namespace n on n.oid = k.connamespace
where k.contype <> 't' and {_USER_NAMESPACES}
  and not exists (select from pg_depend e where e.objid = k.conrelid and e.deptype = 'e')
"""

_INDEXES = f"""
select 'index ' || pg_get_indexdef(i.indexrelid)
from pg_index i join pg_class c on c.oid = i.indexrelid join pg_namespace n on n.oid = c.relnamespace
where {_USER_NAMESPACES}
"""

_TABLES = f"""
select format('table %I.%I%s%s%s', n.nspname, c.relname,
              case when c.relkind = 'p' then ' partition by ' || pg_get_partkeydef(c.oid) end,
              case when c.relispartition then ' partition ' || pg_get_expr(c.relpartbound, c.oid) end,
              (select string_agg(' of ' || i.inhparent::regclass::text, '' order by i.inhseqno)
               from pg_inherits i where i.inhrelid = c.oid))
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('r', 'p') and {_USER_NAMESPACES}
"""

_TYPES = f"""
select format('type %I.%I %s %s', n.nspname, t.typname, t.typtype,
              case t.typtype
                when 'e' then (select string_agg(quote_literal(e.enumlabel), ', ' order by e.enumsortorder)
                               from pg_enum e where e.enumtypid = t.oid)
                when 'd' then format_type(t.typbasetype, t.typtypmod)
                              || case when t.typnotnull then ' not null' else '' end
                              || coalesce(' := ' || t.typdefault, '')
                when 'r' then (select format_type(r.rngsubtype, null) from pg_range r where r.rngtypid = t.oid)
              end)
from pg_type t join pg_namespace n on n.oid = t.typnamespace
where t.typtype in ('e', 'd', 'r') and {_USER_NAMESPACES}
  and not exists (select from pg_depend e where e.objid = t.oid and e.deptype = 'e')
"""

_SEQUENCES = f"""
select format('sequence %I.%I %s from %s by %s in %s to %s%s', n.nspname, c.relname, format_type(s.seqtypid, null),
              s.seqstart, s.seqincrement, s.seqmin, s.seqmax, case when s.seqcycle then ' cycle' end)
from pg_sequence s join pg_class c on c.oid = s.seqrelid join pg_namespace n on n.oid = c.relnamespace
where {_USER_NAMESPACES}
"""


def described(database: Database) -> set[str]:
    """Columns, constraints, indexes, tables, types and sequences, one line each."""
    lines: set[str] = set()
    for query in (_COLUMNS, _CONSTRAINTS, _INDEXES, _TABLES, _TYPES, _SEQUENCES):
        lines.update(line for line in database.run(query).splitlines() if line)
    return lines


def tables(database: Database) -> list[str]:
    """The tables that can hold rows, quoted as SQL needs them; partitions count as their root."""
    return [
        name
        for (name,) in database.rows(
            f"""select format('%I.%I', n.nspname, c.relname)
                from pg_class c join pg_namespace n on n.oid = c.relnamespace
                where c.relkind in ('r', 'p') and not c.relispartition and {_USER_NAMESPACES}
                  and (c.relkind = 'r' or exists (select from pg_inherits i where i.inhparent = c.oid))
                order by 1"""
        )
    ]


def rows_of(database: Database, table: str) -> int:
    """The rows of the table itself: those of its partitions, not those of tables that inherit from it."""
    literal = table.replace("'", "''")
    return database.count(
        f"""select count(*) from {table} t where t.tableoid = '{literal}'::regclass
            or exists (select from pg_class c where c.oid = t.tableoid and c.relispartition)"""
    )


def unproven(database: Database) -> list[str]:
    """Constraints that PostgreSQL has not checked against the rows."""
    return [line for line in database.run(_CONSTRAINTS + " and not k.convalidated").splitlines() if line]


def stale_sequences(database: Database) -> list[str]:
    """Columns whose sequence would hand out a value that rows already use, or gives up too early."""
    owned = database.rows(
        f"""select format('%I.%I', n.nspname, c.relname), format('%I', a.attname),
                   format('%I.%I', sn.nspname, sc.relname), q.seqincrement, q.seqmin, q.seqmax
            from pg_depend d
            join pg_class sc on sc.oid = d.objid and sc.relkind = 'S' join pg_namespace sn on sn.oid = sc.relnamespace
            join pg_sequence q on q.seqrelid = sc.oid
            join pg_class c on c.oid = d.refobjid join pg_namespace n on n.oid = c.relnamespace
            join pg_attribute a on a.attrelid = c.oid and a.attnum = d.refobjsubid
            where d.classid = 'pg_class'::regclass and d.refclassid = 'pg_class'::regclass and d.deptype in ('a', 'i')
              and {_USER_NAMESPACES}
              and not exists (select from pg_depend e where e.objid = c.oid and e.deptype = 'e')"""
    )
    stale: list[str] = []
    for table, column, sequence, increment, least, most in owned:
        reached = "max" if int(increment) > 0 else "min"
        beyond = "<=" if int(increment) > 0 else ">="
        used = database.value(f"select {reached}({column}) from {table}")
        if used in ("", most if int(increment) > 0 else least):
            continue  # no rows; or they use every value that there is
        if database.value(f"select nextval({_literal(sequence)}) {beyond} {used}") != "f":
            stale.append(f"{table}.{column} ({sequence})")
    return stale


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
