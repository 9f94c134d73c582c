#include "stats/multiple_comparisons.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace canvass {
namespace {

// (1 + resamples that are as extreme) / (1 + resamples).
double probabilityOf(double observed, const std::vector<double>& byChance) {
  const auto extreme = std::ranges::count_if(byChance, [&](double t) { return t >= observed; });
  return static_cast<double>(1 + extreme) / static_cast<double>(1 + byChance.size());
}

// The smallest t that chance exceeds in no more than familywiseError of the resamples, so
// that one beyond it has a p of no more than that.
double criticalValue(std::vector<double> byChance) {
  std::ranges::sort(byChance);
  const double place = (1.0 - familywiseError) * static_cast<double>(byChance.size() + 1);
  return byChance[static_cast<std::size_t>(std::ceil(place)) - 1];
}

void raiseTo(std::vector<double>& largest, std::span<const double> byChance, double sign) {
  for (std::size_t r = 0; r < largest.size(); ++r) {
    const double t = sign == 0.0 ? std::abs(byChance[r]) : sign * byChance[r];
    largest[r] = std::max(largest[r], t);
  }
}

std::vector<double> nothingYet(std::span<const PairedResamples> pairs) {
  return std::vector<double>(pairs.front().byChance.size(),
                             -std::numeric_limits<double>::infinity());
}

using Members = std::vector<std::size_t>;

bool holds(const Members& group, std::size_t column) {
  return std::ranges::binary_search(group, column);
}

Members without(Members group, std::size_t column) {
  std::erase(group, column);
  return group;
}

void absorb(std::vector<Members>& groups) {
  std::ranges::sort(groups);
  groups.erase(std::unique(groups.begin(), groups.end()), groups.end());
  const std::vector<Members> all = groups;
  std::erase_if(groups, [&](const Members& group) {
    return std::ranges::any_of(all, [&](const Members& other) {
      return other.size() > group.size() && std::ranges::includes(other, group);
    });
  });
}

}  // namespace

std::vector<double> singleProbabilities(std::span<const PairedResamples> pairs) {
  std::vector<double> result;
  for (const PairedResamples& pair : pairs) {
    std::vector<double> byChance = nothingYet({&pair, 1});
    raiseTo(byChance, pair.byChance, 0.0);
    result.push_back(pair.t == 0.0 ? 1.0 : probabilityOf(std::abs(pair.t), byChance));
  }
  return result;
}

std::vector<double> adjustedProbabilities(std::span<const PairedResamples> pairs) {
  std::vector<double> result(pairs.size(), 1.0);
  if (pairs.empty()) return result;
  std::vector<std::size_t> order(pairs.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, std::less<>(),
                           [&](std::size_t i) { return std::abs(pairs[i].t); });
  // From the least extreme pair on: each against the largest deviation of itself and all before it.
  std::vector<double> largest = nothingYet(pairs);
  for (const std::size_t i : order) {
    raiseTo(largest, pairs[i].byChance, 0.0);
    if (pairs[i].t != 0.0) result[i] = probabilityOf(std::abs(pairs[i].t), largest);
  }
  // A pair is never significant before those that are further from 0.
  double least = 0.0;
  for (auto i = order.rbegin(); i != order.rend(); ++i) {
    least = result[*i] = std::max(result[*i], least);
  }
  return result;
}

std::vector<Interval> simultaneousIntervals(std::span<const PairedResamples> pairs) {
  std::vector<Interval> intervals;
  if (pairs.empty()) return intervals;
  std::vector<double> largest = nothingYet(pairs);
  for (const PairedResamples& pair : pairs) raiseTo(largest, pair.byChance, 0.0);
  const double critical = criticalValue(std::move(largest));
  for (const PairedResamples& pair : pairs) {
    const double half = pair.standardError > 0.0 ? critical * pair.standardError : 0.0;
    intervals.push_back({pair.difference - half, pair.difference + half});
  }
  return intervals;
}

std::vector<bool> maybeHighest(std::span<const PairedResamples> pairs, std::size_t columns) {
  std::vector<bool> result(columns, true);
  for (std::size_t column = 0; column < columns && !pairs.empty(); ++column) {
    double lead = -std::numeric_limits<double>::infinity();  // of the others before this column
    std::vector<double> byChance = nothingYet(pairs);
    for (const PairedResamples& pair : pairs) {
      if (pair.first != column && pair.second != column) continue;
      const double sign = pair.second == column ? 1.0 : -1.0;
      lead = std::max(lead, sign * pair.t);
      raiseTo(byChance, pair.byChance, sign);
    }
    result[column] = !(lead > 0.0) || probabilityOf(lead, byChance) > familywiseError;
  }
  return result;
}

std::vector<std::vector<std::size_t>> indistinguishableGroups(
    std::size_t columns, std::span<const ColumnPair> distinguishable) {
  Members everything(columns);
  std::iota(everything.begin(), everything.end(), std::size_t{0});
  std::vector<Members> groups{everything};
  for (const auto& [a, b] : distinguishable) {
    std::vector<Members> next;
    for (const Members& group : groups) {
      if (holds(group, a) && holds(group, b)) {
        next.push_back(without(group, a));
        next.push_back(without(group, b));
      } else {
        next.push_back(group);
      }
    }
    absorb(next);
    groups = std::move(next);
  }
  return groups;
}

}  // namespace canvass
