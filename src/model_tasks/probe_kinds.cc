#include "model_tasks/probe_kinds.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "model_tasks/option_use.h"
#include "probes/other_words.h"

namespace canvass {
namespace {

constexpr std::size_t sampledOrders = 4;

std::vector<Variant> otherOrders(const ProbeOptions& options, const Survey& items) {
  return orderVariants(items, options.order.value_or(OptionOrder::cyclic),
                       options.count.value_or(sampledOrders), options.seed);
}

std::vector<Variant> otherWordings(const ProbeOptions& options, const Survey& items) {
  if (options.wordings.empty()) {
    throw Error("no other wording is given", "", "give --wording SURVEY with the same ids");
  }
  std::vector<Variant> all;
  for (const OtherWording& wording : options.wordings) {
    all.push_back(otherWording(items, wording.survey, wording.name));
  }
  return all;
}

std::vector<Variant> otherTemplates(const ProbeOptions& options, const Survey& items) {
  if (options.templates.empty()) {
    throw Error("no other template is given", "", "give --templates, for example qa bio");
  }
  return templateVariants(items, options.templates);
}

constexpr ProbeKind kinds[] = {
    {"order", "the options in other orders (--orders), with corrections for it", true, true,
     otherOrders},
    {"first", "each option in turn first", true, false,
     [](const ProbeOptions&, const Survey& items) {
       return orderVariants(items, OptionOrder::first);
     }},
    {"reversed", "the last option first", false, false,
     [](const ProbeOptions&, const Survey& items) {
       return orderVariants(items, OptionOrder::reversed);
     }},
    {"labels", "the options called 1 2 3, a b c, P Q R", false, false,
     [](const ProbeOptions&, const Survey& items) { return labelVariants(items); }},
    {"population", "every population under the name of another", false, false,
     [](const ProbeOptions& options, const Survey& items) {
       return std::vector<Variant>{otherPopulations(items, options.seed)};
     }},
    {"wording", "other words (--wording): a paraphrase, another language", false, false,
     otherWordings},
    {"prefix", "other words that open the answer (--prefixes)", false, false,
     [](const ProbeOptions& options, const Survey& items) {
       return prefixVariants(items, options.prefixes);
     }},
    {"template", "other templates (--templates)", false, false, otherTemplates},
};

NoUse unlessProbe(const ProbeOptions& options, const char* reader) {
  if (options.probe == reader) return {};
  return WithoutUse{fmt::format("the probe {} does not use it", options.probe),
                    fmt::format("leave it out, or choose the probe {}", reader)};
}

NoUse unlessSampled(const ProbeOptions& options) {
  if (const NoUse none = unlessProbe(options, "order")) return none;
  if (options.order == OptionOrder::sampled) return {};
  return WithoutUse{"no orders are drawn", "add --orders sampled, or leave it out"};
}

constexpr OptionUse<ProbeOptions, ProbeOptions> probeOptionUses[] = {
    {"--orders", [](const ProbeOptions& given) { return given.order.has_value(); },
     [](const ProbeOptions& options) { return unlessProbe(options, "order"); }},
    {"--count", [](const ProbeOptions& given) { return given.count.has_value(); }, unlessSampled},
    {"--wording", [](const ProbeOptions& given) { return !given.wordings.empty(); },
     [](const ProbeOptions& options) { return unlessProbe(options, "wording"); }},
    {"--prefixes", [](const ProbeOptions& given) { return !given.prefixes.empty(); },
     [](const ProbeOptions& options) { return unlessProbe(options, "prefix"); }},
    {"--templates", [](const ProbeOptions& given) { return !given.templates.empty(); },
     [](const ProbeOptions& options) { return unlessProbe(options, "template"); }},
};

}  // namespace

std::span<const ProbeKind> probeKinds() { return kinds; }

const ProbeKind& findProbeKind(const std::string& name) {
  const auto found =
      std::ranges::find_if(kinds, [&](const ProbeKind& kind) { return name == kind.name; });
  if (found == std::end(kinds)) throw Error("there is no probe '" + name + "'");
  return *found;
}

std::vector<Variant> variantsOf(const ProbeOptions& options, const Survey& items) {
  const ProbeKind& kind = findProbeKind(options.probe);
  refuseWithoutUse(probeOptionUses, options, options);
  return kind.variants(options, items);
}

}  // namespace canvass
