#include "stats/multinomial.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace canvass {
namespace {

// For an expectation up to about 10: adds up probabilities from 0 on.
std::uint64_t invertBinomial(std::uint64_t trials, double probability, RandomStream& random) {
  const double odds = probability / (1.0 - probability);
  const double n = static_cast<double>(trials);
  double chance = std::pow(1.0 - probability, n);
  double remaining = random.uniform();
  std::uint64_t successes = 0;
  while (remaining > chance && successes < trials) {
    remaining -= chance;
    ++successes;
    chance *= odds * (n + 1.0 - static_cast<double>(successes)) / static_cast<double>(successes);
  }
  return successes;
}

// ln (k! (n-k)!) as a function of k.
double logFactorials(double n, double k) { return std::lgamma(k + 1.0) + std::lgamma(n - k + 1.0); }

// Hoermann's algorithm BTRS, for probabilities up to 1/2 and expectations from 10 on. The constants
// are his: they shape a hat over the distribution, and most draws fall under a squeeze.
std::uint64_t rejectBinomial(std::uint64_t trials, double probability, RandomStream& random) {
  const double n = static_cast<double>(trials);
  const double spread = std::sqrt(n * probability * (1.0 - probability));
  const double b = 1.15 + 2.53 * spread;
  const double a = -0.0873 + 0.0248 * b + 0.01 * probability;
  const double center = n * probability + 0.5;
  const double squeeze = 0.92 - 4.2 / b;
  const double mode = std::floor((n + 1.0) * probability);
  for (;;) {
    const double u = random.uniform() - 0.5;
    const double v = random.uniform();
    const double tail = 0.5 - std::abs(u);
    const double k = std::floor((2.0 * a / tail + b) * u + center);
    if (!(k >= 0.0 && k <= n)) continue;
    if (tail >= 0.07 && v <= squeeze) return static_cast<std::uint64_t>(k);
    const double hat = v * (2.83 + 5.1 / b) * spread / (a / (tail * tail) + b);
    const double logRatio = logFactorials(n, mode) - logFactorials(n, k) +
                            (k - mode) * std::log(probability / (1.0 - probability));
    if (std::log(hat) <= logRatio) return static_cast<std::uint64_t>(k);
  }
}

// Visits all ways to divide `respondents` among the options that anyone chooses.
class SampleWalk {
 public:
  SampleWalk(std::span<const double> shares, std::uint64_t respondents,
             const std::function<void(std::span<const std::uint64_t>, double)>& visit)
      : respondents_(respondents), visit_(visit), counts_(shares.size(), 0) {
    for (std::size_t k = 0; k < shares.size(); ++k) {
      if (shares[k] > 0.0) chosen_.push_back({k, std::log(shares[k])});
    }
  }

  void run() {
    if (chosen_.size() == 1) {
      counts_[chosen_.front().option] = respondents_;
      visit_(counts_, 1.0);
      return;
    }
    logFactorial_.assign(respondents_ + 1, 0.0);
    for (std::size_t n = 1; n <= respondents_; ++n) {
      logFactorial_[n] = logFactorial_[n - 1] + std::log(static_cast<double>(n));
    }
    shareOut(0, respondents_, logFactorial_.back());
  }

 private:
  struct Chosen {
    std::size_t option;
    double logShare;
  };

  // `logWeight`: ln of the multinomial probability for the options before `place`.
  void shareOut(std::size_t place, std::uint64_t remaining, double logWeight) {
    const auto [option, logShare] = chosen_[place];
    const bool last = place + 1 == chosen_.size();
    for (std::uint64_t count = last ? remaining : 0; count <= remaining; ++count) {
      counts_[option] = count;
      const double weight =
          logWeight + static_cast<double>(count) * logShare - logFactorial_[count];
      if (last) {
        visit_(counts_, std::exp(weight));
      } else {
        shareOut(place + 1, remaining - count, weight);
      }
    }
  }

  std::uint64_t respondents_;
  const std::function<void(std::span<const std::uint64_t>, double)>& visit_;
  std::vector<std::uint64_t> counts_;
  std::vector<double> logFactorial_;  // of 0 to respondents_
  std::vector<Chosen> chosen_;
};

}  // namespace

std::uint64_t drawBinomial(std::uint64_t trials, double probability, RandomStream& random) {
  if (probability > 0.5) return trials - drawBinomial(trials, 1.0 - probability, random);
  if (trials == 0 || probability <= 0.0) return 0;
  const bool few = static_cast<double>(trials) * probability < 10.0;
  return few ? invertBinomial(trials, probability, random)
             : rejectBinomial(trials, probability, random);
}

void drawSample(std::span<const double> shares, std::uint64_t respondents, RandomStream& random,
                std::span<std::uint64_t> counts) {
  const auto isChosen = [](double share) { return share > 0.0; };
  const auto last = std::find_if(shares.rbegin(), shares.rend(), isChosen);
  const std::size_t lastChosen = static_cast<std::size_t>(shares.rend() - last) - 1;
  std::ranges::fill(counts, 0u);
  double share = 1.0;  // of this option and those after it
  for (std::size_t k = 0; k < lastChosen; ++k) {
    counts[k] = drawBinomial(respondents, std::clamp(shares[k] / share, 0.0, 1.0), random);
    respondents -= counts[k];
    share -= shares[k];
  }
  counts[lastChosen] = respondents;  // exactly what is left, whatever the rounding of `share`
}

double countSamples(std::span<const double> shares, std::uint64_t respondents) {
  const auto chosen = std::ranges::count_if(shares, [](double share) { return share > 0.0; });
  double count = 1.0;
  for (std::ptrdiff_t k = 1; k < chosen; ++k) {
    count *= (static_cast<double>(respondents) + static_cast<double>(k)) / static_cast<double>(k);
  }
  return std::round(count);
}

void forEachSample(
    std::span<const double> shares, std::uint64_t respondents,
    const std::function<void(std::span<const std::uint64_t> counts, double probability)>& visit) {
  SampleWalk(shares, respondents, visit).run();
}

}  // namespace canvass
