#include "probes/option_order.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <utility>

#include "base/error.h"
#include "base/random.h"

namespace canvass {
namespace {

using Order = std::vector<std::size_t>;  // the option at each position

constexpr std::size_t maxOptionsOfAllOrders = 5;

Order asItIs(std::size_t options) {
  Order order(options);
  std::iota(order.begin(), order.end(), std::size_t{0});
  return order;
}

std::vector<Order> shifts(std::size_t options) {
  std::vector<Order> orders;
  for (std::size_t shift = 1; shift < options; ++shift) {
    orders.push_back(asItIs(options));
    std::rotate(orders.back().begin(), orders.back().begin() + static_cast<std::ptrdiff_t>(shift),
                orders.back().end());
  }
  return orders;
}

std::vector<Order> allOrders(std::size_t options) {
  std::vector<Order> orders;
  if (options > maxOptionsOfAllOrders) return orders;
  Order order = asItIs(options);
  while (std::next_permutation(order.begin(), order.end())) orders.push_back(order);
  return orders;
}

std::vector<Order> eachFirst(std::size_t options) {
  std::vector<Order> orders;
  for (std::size_t first = 1; first < options; ++first) {
    orders.push_back(asItIs(options));
    std::rotate(orders.back().begin(), orders.back().begin() + static_cast<std::ptrdiff_t>(first),
                orders.back().begin() + static_cast<std::ptrdiff_t>(first) + 1);
  }
  return orders;
}

std::vector<Order> drawn(std::size_t options, std::size_t count, RandomStream& random) {
  std::vector<Order> orders(count, asItIs(options));
  if (options < 2) return {};
  for (Order& order : orders) {
    while (order == asItIs(options)) random.shuffle(order);
  }
  return orders;
}

std::vector<Order> reversed(std::size_t options) {
  if (options < 2) return {};
  Order order = asItIs(options);
  std::reverse(order.begin(), order.end());
  return {order};
}

std::vector<Order> ordersOf(const Question& question, OptionOrder kind, std::size_t count,
                            std::uint64_t seed) {
  const std::size_t options = question.options.size();
  switch (kind) {
    case OptionOrder::cyclic:
      return shifts(options);
    case OptionOrder::all:
      return allOrders(options);
    case OptionOrder::sampled: {
      RandomStream random(seed, "option order of " + question.id);
      return drawn(options, count, random);
    }
    case OptionOrder::first:
      return eachFirst(options);
    case OptionOrder::reversed:
      return reversed(options);
  }
  return {};
}

std::string nameOf(OptionOrder kind, std::size_t index) {
  switch (kind) {
    case OptionOrder::cyclic:
      return fmt::format("shifted by {}", index + 1);
    case OptionOrder::first:
      return fmt::format("option {} first", index + 2);
    case OptionOrder::reversed:
      return "reversed";
    default:
      return fmt::format("order {}", index + 1);
  }
}

// Options move, labels stay.
void reorder(Question& question, const Order& order) {
  const std::vector<Option> options = question.options;
  for (std::size_t place = 0; place < order.size(); ++place) {
    question.options[place].text = options[order[place]].text;
    question.options[place].value = options[order[place]].value;
  }
}

}  // namespace

std::vector<Variant> orderVariants(const Survey& survey, OptionOrder kind, std::size_t count,
                                   std::uint64_t seed) {
  std::vector<std::vector<Order>> orders;
  std::size_t variants = 0;
  for (const Question& question : survey.questions) {
    orders.push_back(ordersOf(question, kind, count, seed));
    variants = std::max(variants, orders.back().size());
  }
  if (variants == 0) throw Error("no question has options that could be shown in another order");
  std::vector<Variant> all;
  for (std::size_t v = 0; v < variants; ++v) {
    std::vector<std::size_t> items;
    for (std::size_t i = 0; i < survey.items.size(); ++i) {
      if (v < orders[survey.items[i].question].size()) items.push_back(i);
    }
    if (items.empty()) continue;
    Variant variant = unchanged(selectItems(survey, items), nameOf(kind, v));
    std::size_t kept = 0;  // questions keep their order, those without an item are removed
    for (std::size_t q = 0; q < survey.questions.size(); ++q) {
      if (kept == variant.survey.questions.size()) break;
      if (variant.survey.questions[kept].id != survey.questions[q].id) continue;
      reorder(variant.survey.questions[kept], orders[q][v]);
      variant.survey.questions[kept].scale = Scale::nominal;  // the order shown is not the scale's
      variant.optionAt[kept] = orders[q][v];
      ++kept;
    }
    all.push_back(std::move(variant));
  }
  return all;
}

}  // namespace canvass
