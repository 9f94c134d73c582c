#include "tokenizer/post_processor.h"

#include <fmt/format.h>

#include <limits>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "tokenizer/component.h"

namespace canvass {
namespace {

// Whether a token has the id is known only once all of them are.
TokenId tokenIdOf(const Json& id, const std::string& fault, const std::string& where) {
  if (!id.is_number_integer()) throw Error(fault, where);
  const auto number = id.get<std::int64_t>();
  const bool fits = number >= 0 && number <= std::numeric_limits<TokenId>::max();
  if (!fits || (id.is_number_unsigned() && id.get<std::uint64_t>() > INT64_MAX)) {
    throw Error(fault, where);
  }
  return static_cast<TokenId>(number);
}

// The ids that a template writes for a special token by its name.
std::vector<TokenId> idsOfSpecial(const Json& component, const Json& part,
                                  const std::string& where) {
  const auto name = requireKey<std::string>(part, "id", where);
  const Json& known = requireMember(component, "special_tokens", where);
  const Json& token = requireMember(known, name.c_str(), where);
  std::vector<TokenId> ids;
  const Json& list = requireMember(token, "ids", where);
  if (!list.is_array()) throw Error("\"ids\" must be a list of ids of tokens", where);
  for (const Json& id : list)
    ids.push_back(tokenIdOf(id, "\"ids\" must be a list of ids of tokens", where));
  return ids;
}

PostProcessor makeTemplatePostProcessor(const Json& component, const std::string& where) {
  refuseUnknownSettings(component, {"single", "pair", "special_tokens"}, where);
  PostProcessor result;
  int texts = 0;
  for (const auto& [part, place] : componentList(component, "single", where)) {
    if (part->contains("Sequence")) {
      ++texts;
    } else {
      const auto ids = idsOfSpecial(component, requireMember(*part, "SpecialToken", place), place);
      auto& side = texts == 0 ? result.before : result.after;
      side.insert(side.end(), ids.begin(), ids.end());
    }
  }
  if (texts != 1) throw Error("the template must have the text once", where);
  return result;
}

// ["[CLS]", 101] under `key`.
TokenId idOfPair(const Json& component, const char* key, const std::string& where) {
  const Json& pair = requireMember(component, key, where);
  const std::string fault = fmt::format("\"{}\" must be a token and its id", key);
  if (!pair.is_array() || pair.size() != 2) throw Error(fault, where);
  return tokenIdOf(pair[1], fault, where);
}

PostProcessor betweenClsAndSep(const Json& component, const std::string& where) {
  return {{idOfPair(component, "cls", where)}, {idOfPair(component, "sep", where)}};
}

PostProcessor makeBertPostProcessor(const Json& component, const std::string& where) {
  refuseUnknownSettings(component, {"sep", "cls"}, where);
  return betweenClsAndSep(component, where);
}

// RoBERTa's: other settings only move offsets.
PostProcessor makeRobertaPostProcessor(const Json& component, const std::string& where) {
  refuseUnknownSettings(component, {"sep", "cls", "trim_offsets", "add_prefix_space"}, where);
  return betweenClsAndSep(component, where);
}

// Each step works on the result of the one before: its tokens are further out.
PostProcessor makePostProcessorSequence(const Json& component, const std::string& where) {
  refuseUnknownSettings(component, {"processors"}, where);
  PostProcessor result;
  for (const auto& [step, place] : componentList(component, "processors", where)) {
    const PostProcessor outer = makePostProcessor(*step, place);
    result.before.insert(result.before.begin(), outer.before.begin(), outer.before.end());
    result.after.insert(result.after.end(), outer.after.begin(), outer.after.end());
  }
  return result;
}

// ByteLevel only moves offsets, not tokens.
PostProcessor makeByteLevelPostProcessor(const Json& component, const std::string& where) {
  refuseUnknownSettings(component, {"add_prefix_space", "trim_offsets", "use_regex"}, where);
  return {};
}

}  // namespace

PostProcessor makePostProcessor(const Json& component, const std::string& where) {
  if (component.is_null()) return {};
  const std::string type = componentType(component, where);
  if (type == "TemplateProcessing") return makeTemplatePostProcessor(component, where);
  if (type == "BertProcessing") return makeBertPostProcessor(component, where);
  if (type == "RobertaProcessing") return makeRobertaPostProcessor(component, where);
  if (type == "ByteLevel") return makeByteLevelPostProcessor(component, where);
  if (type == "Sequence") return makePostProcessorSequence(component, where);
  throw Error(fmt::format("the post-processor \"{}\" is not supported", type), where);
}

}  // namespace canvass
