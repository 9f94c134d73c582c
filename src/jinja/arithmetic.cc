#include <algorithm>
#include <cmath>
#include <limits>

#include "jinja/budget.h"
#include "jinja/operators.h"
#include "jinja/source.h"

namespace canvass::jinja {
namespace {

[[noreturn]] void refuse(const std::string& operation, const Value& left, const Value& right) {
  throw Failure{"'" + operation + "' is not defined between " + typeName(left) + " and " +
                typeName(right)};
}

void refuseOverflow(bool overflow) {
  if (overflow) throw Failure{"the integer does not fit into 64 bits"};
}

std::int64_t sum(std::int64_t left, std::int64_t right) {
  std::int64_t result = 0;
  refuseOverflow(__builtin_add_overflow(left, right, &result));
  return result;
}

std::int64_t difference(std::int64_t left, std::int64_t right) {
  std::int64_t result = 0;
  refuseOverflow(__builtin_sub_overflow(left, right, &result));
  return result;
}

std::int64_t product(std::int64_t left, std::int64_t right) {
  std::int64_t result = 0;
  refuseOverflow(__builtin_mul_overflow(left, right, &result));
  return result;
}

std::int64_t floorQuotient(std::int64_t left, std::int64_t right) {
  refuseOverflow(left == std::numeric_limits<std::int64_t>::min() && right == -1);
  const std::int64_t quotient = left / right;
  return left % right != 0 && (left < 0) != (right < 0) ? quotient - 1 : quotient;
}

std::int64_t integerPower(std::int64_t base, std::int64_t exponent) {
  const bool bounded = base >= -1 && base <= 1;
  if (bounded && exponent > 3) exponent = 2 + exponent % 2;  // the same power in fewer steps
  std::int64_t power = 1;
  for (; exponent > 0; --exponent) power = product(power, base);
  return power;
}

// The rest has the sign of the divisor, a rest of zero too.
double modulo(double left, double right) {
  const double rest = std::fmod(left, right);
  if (rest == 0.0) return std::copysign(0.0, right);
  return (rest < 0.0) != (right < 0.0) ? rest + right : rest;
}

// Python's way to the quotient, which is exact where floor(left / right) is not: 1.0 // 0.1 is 9.
double floorQuotient(double left, double right) {
  const double rest = std::fmod(left, right);
  const bool opposite = rest != 0.0 && (rest < 0.0) != (right < 0.0);
  const double quotient = (left - rest) / right - (opposite ? 1.0 : 0.0);
  if (quotient == 0.0) return std::copysign(0.0, left / right);
  const double whole = std::floor(quotient);
  return quotient - whole > 0.5 ? whole + 1.0 : whole;
}

double power(double base, double exponent) {
  if (base == 0.0 && exponent < 0.0) throw Failure{"zero has no negative power"};
  const double result = std::pow(base, exponent);
  const bool finite = std::isfinite(base) && std::isfinite(exponent);
  if (finite && !std::isfinite(result)) throw Failure{"the power is not a finite real number"};
  return result;
}

void checkDivisor(const std::string& operation, bool zero) {
  const bool divides = operation == "/" || operation == "//" || operation == "%";
  if (divides && zero) throw Failure{"division by zero"};
}

Value onFloats(const std::string& operation, double left, double right) {
  checkDivisor(operation, right == 0.0);
  if (operation == "+") return left + right;
  if (operation == "-") return left - right;
  if (operation == "*") return left * right;
  if (operation == "/") return left / right;
  if (operation == "//") return floorQuotient(left, right);
  if (operation == "%") return modulo(left, right);
  return power(left, right);
}

// Python divides integers exactly before it rounds.
void refuseInexact(std::int64_t operand) {
  constexpr std::int64_t kMaxExact = std::int64_t{1} << 53;
  if (operand > kMaxExact || operand < -kMaxExact) {
    throw Failure{"the integer is too large for a division into a float"};
  }
}

Value onIntegers(const std::string& operation, std::int64_t left, std::int64_t right) {
  checkDivisor(operation, right == 0);
  if (operation == "+") return sum(left, right);
  if (operation == "-") return difference(left, right);
  if (operation == "*") return product(left, right);
  if (operation == "//") return floorQuotient(left, right);
  if (operation == "%") return left - right * floorQuotient(left, right);
  if (operation == "**" && right >= 0) return integerPower(left, right);
  refuseInexact(left);
  refuseInexact(right);
  return onFloats(operation, static_cast<double>(left), static_cast<double>(right));
}

Value onNumbers(const std::string& operation, const Value& left, const Value& right) {
  const auto number = [](const Value& value) {
    const double* real = value.as<double>();
    return real ? *real : static_cast<double>(requireInteger(value, "the operand"));
  };
  if (left.is<double>() || right.is<double>()) {
    return onFloats(operation, number(left), number(right));
  }
  return onIntegers(operation, requireInteger(left, "the operand"),
                    requireInteger(right, "the operand"));
}

bool joinable(const Value& left, const Value& right) {
  const Sequence* first = left.sequence();
  const Sequence* second = right.sequence();
  return first && second && first->kind == second->kind &&
         (first->kind == Sequence::Kind::list || first->kind == Sequence::Kind::tuple);
}

Value joined(const Sequence& left, const Sequence& right) {
  std::vector<Value> items = left.items;
  items.insert(items.end(), right.items.begin(), right.items.end());
  return makeSequence(left.kind, std::move(items));
}

// Checked before it is made, so that a huge number of repetitions costs nothing.
std::string repeatedText(const std::string& text, std::uint64_t times) {
  if (text.empty()) return {};
  requireTextSize(times > kMaxTextBytes ? times : times * text.size());
  spendOnText(times * text.size());
  std::string result;
  for (std::uint64_t i = 0; i < times; ++i) result += text;
  return result;
}

Value repeated(const Value& value, std::int64_t times) {
  if (const auto* text = value.as<std::string>()) {
    return repeatedText(*text, static_cast<std::uint64_t>(std::max<std::int64_t>(times, 0)));
  }
  const Sequence& sequence = *value.sequence();
  std::vector<Value> items;
  for (std::int64_t i = 0; i < times && !sequence.items.empty(); ++i) {
    requireListSize(items.size() + sequence.items.size());
    spend(kStepsOfItem * sequence.items.size());
    for (const Value& item : sequence.items) spendOnCopy(item);
    items.insert(items.end(), sequence.items.begin(), sequence.items.end());
  }
  return makeSequence(sequence.kind, std::move(items));
}

bool isRepeatable(const Value& value) {
  return value.is<std::string>() || value.sequence(Sequence::Kind::list) ||
         value.sequence(Sequence::Kind::tuple);
}

bool isWhole(const Value& value) { return value.is<std::int64_t>() || value.is<bool>(); }

}  // namespace

Value arithmetic(const std::string& operation, const Value& left, const Value& right) {
  if (left.isNumber() && right.isNumber()) return onNumbers(operation, left, right);
  if (const auto* undefined = left.as<Undefined>()) throw Failure{undefined->reason};
  if (const auto* undefined = right.as<Undefined>()) throw Failure{undefined->reason};
  if (operation == "+" && left.is<std::string>() && right.is<std::string>()) {
    requireTextSize(left.as<std::string>()->size() + right.as<std::string>()->size());
    return *left.as<std::string>() + *right.as<std::string>();
  }
  if (operation == "+" && joinable(left, right)) {
    return joined(*left.sequence(), *right.sequence());
  }
  if (operation == "*" && isRepeatable(left) && isWhole(right)) {
    return repeated(left, requireInteger(right, "the number of repetitions"));
  }
  if (operation == "*" && isWhole(left) && isRepeatable(right)) {
    return repeated(right, requireInteger(left, "the number of repetitions"));
  }
  refuse(operation, left, right);
}

Value negated(const Value& value) {
  if (const auto* undefined = value.as<Undefined>()) throw Failure{undefined->reason};
  if (const double* number = value.as<double>()) return -*number;
  return difference(0, requireInteger(value, "what is negated"));
}

}  // namespace canvass::jinja
