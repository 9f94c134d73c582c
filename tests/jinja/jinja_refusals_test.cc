// What Python renders and canvass does not: each is an Error that names the line and the reason,
// never another text.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "jinja/jinja_template.h"
#include "support/test_support.h"

namespace canvass {
namespace {

struct Refusal {
  const char *text, *message;
};

const Refusal tags[] = {
    {"{% block a %}x{% endblock %}", "the tag 'block' is not supported"},
    {"{% extends 'base' %}", "the tag 'extends' is not supported"},
    {"{% include 'other' %}", "the tag 'include' is not supported"},
    {"{% import 'other' as o %}", "the tag 'import' is not supported"},
    {"{% from 'other' import m %}", "the tag 'from' is not supported"},
    {"{% with x = 1 %}{{ x }}{% endwith %}", "the tag 'with' is not supported"},
    {"{% macro m() %}{{ caller() }}{% endmacro %}{% call m() %}x{% endcall %}",
     "the tag 'call' is not supported"},
    {"{% autoescape true %}<{% endautoescape %}", "the tag 'autoescape' is not supported"},
    {"{% for x in [[1]] recursive %}{{ loop(x) }}{% endfor %}", "recursive loops"},
    {"{% for x in 1, 2 %}{{ x }}{% endfor %}", "expected '%}'"},
    {"{% for a, (b, c) in [(1, (2, 3))] %}{{ c }}{% endfor %}", "expected a name"},
    {"{% for x in [1] %}{% set y %}{% break %}{% endset %}{% endfor %}", "outside a loop"},
    {"{% set loop = 1 %}{{ loop }}", "'loop' belongs to Jinja"},
};

const Refusal literals[] = {
    {"{{ 0x10 }}", "this number is not supported"},
    {"{{ 0b1 }}", "this number is not supported"},
    {"{{ 9223372036854775808 }}", "this number is out of range"},
    {"{{ 1e400 }}", "this number is out of range"},
    {"{{ x.9223372036854775808 }}", "this number is out of range"},
    {"{{ [{}]|map(attribute='9223372036854775808')|list }}", "does not fit into 64 bits"},
    {R"({{ '\101' }})", "this escape sequence is not supported"},
    {R"({{ '\N{BULLET}' }})", "this escape sequence is not supported"},
    {R"({{ '\é' }})", "this escape sequence is not supported"},
    {R"({{ '\ud800' }})", "not a character"},
    {"{{ größe }}", "not part of Jinja"},
    {"{{ {(1, 2): 3} }}", "tuple cannot be a key"},
    {"{{ range(*[1], 2) }}", "an argument with * comes before this one"},
    {"{{ range(*[1], *[2]) }}", "an argument with * comes before this one"},
    {"{{ dict(**{'a': 1}, b=2) }}", "nothing may follow the argument with **"},
    {"{{ dict(**{'a': 1}, **{'b': 1}) }}", "nothing may follow the argument with **"},
    {"{{ dict(**[1]) }}", "list cannot give named arguments"},
    {"{{ dict(**{1: 2}) }}", "the name of an argument"},
    {"{{ dict(a=1, **{'a': 2}) }}", "the argument 'a' is given twice"},
    {"{{ range(*1) }}", "cannot be iterated"},
    {"{{ dict([('a', 1)]) }}", "a dict was expected"},
    {"{{ [1][] }}", "expected an index"},
    {"{{ if }}", "expected a value"},
};

const Refusal operators[] = {
    {"{{ 9223372036854775807 + 1 }}", "does not fit into 64 bits"},
    {"{{ -9223372036854775807 - 2 }}", "does not fit into 64 bits"},
    {"{{ 9223372036854775807 * 2 }}", "does not fit into 64 bits"},
    {"{{ (-9223372036854775807 - 1) // -1 }}", "does not fit into 64 bits"},
    {"{{ -(-9223372036854775807 - 1) }}", "does not fit into 64 bits"},
    {"{{ 2 ** 64 }}", "does not fit into 64 bits"},
    {"{{ 9007199254740993 / 3 }}", "too large for a division"},
    {"{{ (-8) ** 0.5 }}", "not a finite real number"},
    {"{{ '%s' % 1 }}", "'%' is not defined between str and int"},
    {"{{ ('a'|safe) + '<' }}", "not defined between text marked safe and str"},
    {"{{ 'a' in ('a'|safe) }}", "cannot be iterated over"},
    {"{{ ('ab'|safe)[0] }}", "can only be printed"},
    {"{{ ('ab'|safe)[1:] }}", "cannot be sliced"},
    {"{{ ('ab'|safe).upper() }}", "can only be printed"},
    {"{{ ('ab'|safe)|upper }}", "can only be printed"},
    {"{{ ('ab'|safe)|length }}", "has no length"},
    {"{{ 1 is sameas 1 }}", "'sameas' cannot determine"},
    {"{{ 'a' is sameas 'a' }}", "'sameas' cannot determine"},
};

const Refusal values[] = {
    {"{{ range(3) }}", "range cannot be printed"},
    {"{{ {}.keys() }}", "dict view cannot be printed"},
    {"{{ [1]|map('string') }}", "generator cannot be printed"},
    {"{{ namespace() }}", "namespace cannot be printed"},
    {"{{ 'a'.upper }}", "is a call's () missing?"},
    {"{{ range }}", "function cannot be printed"},
    {"{% for x in [1] %}{{ loop }}{% endfor %}", "loop cannot be printed"},
    {"{% for x in [1] %}{{ loop.changed(x) }}{% endfor %}", "no loop.changed"},
    {"{% macro m() %}{% endmacro %}{{ m.name }}", "no function.name"},
    {"{% macro m() %}{{ varargs }}{% endmacro %}{{ m(1) }}", "at most 0 arguments"},
    {"{% macro m() %}{{ kwargs }}{% endmacro %}{{ m() }}", "'kwargs' is not supported"},
    {"{{ cycler('a', 'b').next() }}", "'cycler' is not supported"},
    {"{% set comma = joiner(', ') %}", "'joiner' is not supported"},
    {"{{ lipsum is defined }}", "'lipsum' is not supported"},
    {"{% set ns = namespace() %}{% set ns.x = [{'a': ns}] %}", "cannot hold a namespace"},
    {"{{ self }}", "'self' is not supported"},
    {"{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "calls itself too deeply"},
};

const Refusal members[] = {
    {"{{ 'a'.isdigit() }}", "the method isdigit of str is not supported"},
    {"{{ 'a'.format(1) }}", "the method format of str is not supported"},
    {"{{ 'a'.zfill(3) }}", "the method zfill of str is not supported"},
    {"{{ 'aXb'.rsplit('X') }}", "the method rsplit of str is not supported"},
    {"{{ 'a'.encode() }}", "the method encode of str is not supported"},
    {"{{ [1].index(1) }}", "the method index of list is not supported"},
    {"{{ (1, 1).count(1) }}", "the method count of tuple is not supported"},
    {"{{ {}.copy() }}", "the method copy of dict is not supported"},
    {"{{ 5 .real }}", "the method real of int is not supported"},
    {"{{ range(3).stop }}", "the method stop of range is not supported"},
    {"{{ 'abab'.find('b', 2) }}", "at most 1 arguments"},
    {"{{ 'ab'.startswith('b', 1) }}", "at most 1 arguments"},
    {"{{ 'a'.splitlines(true) }}", "at most 0 arguments"},
    {"{{ 'ab'.replace('', '-') }}", "not empty"},
    {"{{ 'ab'.count('') }}", "not empty"},
    {"{{ 'ß'.upper() }}", "the letter ß has no simple other case"},
    {"{{ 'ΟΔΟΣ'|title }}", "the letter Σ has no simple other case"},
    {"{{ 'ﬁn'|title }}", "has no simple other case"},
};

const Refusal filters[] = {
    {"{{ 1.5|round }}", "no filter 'round'"},
    {"{{ [1, 2]|max }}", "no filter 'max'"},
    {"{{ [1, 2]|batch(2)|list }}", "no filter 'batch'"},
    {"{{ '<'|e }}", "no filter 'e'"},
    {"{{ 'a b'|wordcount }}", "no filter 'wordcount'"},
    {"{{ 'round' is filter }}", "no filter 'round'"},
    {"{{ 'even' is test }}", "no test 'test'"},
    {"{{ 'ff'|int(0, 16) }}", "at most 1 arguments"},
    {"{{ '1_000'|int }}", "cannot determine whether '1_000' is a number"},
    {"{{ '١٢'|int }}", "cannot determine whether"},
    {"{{ '1_0.5'|float }}", "cannot determine whether"},
    {"{{ '1e999'|float }}", "out of range"},
    {"{{ '99999999999999999999'|int }}", "out of range"},
    {"{{ 1e19|int }}", "does not fit"},
    {"{{ [1]|sum(start=1) }}", "no argument 'start' here"},
    {"{{ [{'a': 1}]|sum(attribute='a') }}", "no argument 'attribute' here"},
    {"{{ [{'a': 1}]|unique('a', 'b') }}", "at most 1 arguments"},
    {"{{ [{'a': 1}]|unique(attribute='a')|list }}", "no argument 'attribute' here"},
    {"{{ ('a'|safe)|tojson }}", "has no form in JSON"},
};

void expectRefused(const Refusal& refusal) {
  const std::string text = std::string("first line\n") + refusal.text;
  const std::string error = test::errorOf([&] {
    const jinja::JinjaTemplate parsed(text, "form.jinja");
    parsed.render({}, [] { return std::tm{}; });
  });
  EXPECT_THAT(error, testing::AllOf(testing::StartsWith("form.jinja:2: "),
                                    testing::HasSubstr(refusal.message)))
      << refusal.text;
}

TEST(JinjaRefusals, Tags) { std::ranges::for_each(tags, expectRefused); }
TEST(JinjaRefusals, Literals) { std::ranges::for_each(literals, expectRefused); }
TEST(JinjaRefusals, Operators) { std::ranges::for_each(operators, expectRefused); }
TEST(JinjaRefusals, Values) { std::ranges::for_each(values, expectRefused); }
TEST(JinjaRefusals, Members) { std::ranges::for_each(members, expectRefused); }
TEST(JinjaRefusals, Filters) { std::ranges::for_each(filters, expectRefused); }

}  // namespace
}  // namespace canvass
