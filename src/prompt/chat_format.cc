#include "prompt/chat_format.h"

#include <map>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/file.h"
#include "base/paths.h"
#include "jinja/jinja_template.h"
#include "jinja/python_string.h"
#include "prompt/chat_source.h"

namespace canvass {

struct ChatFormat::Implementation {
  jinja::JinjaTemplate source;
  std::string text;
  std::string where;
  std::map<std::string, Json> variables;
  std::function<std::tm()> clock;
};

namespace {

std::tm localTime() {
  const std::time_t now = std::time(nullptr);
  std::tm time{};
  ::localtime_r(&now, &time);
  return time;
}

// What transformers gives every chat template; tokens that do not exist stay undefined.
std::map<std::string, Json> standardVariables(const SpecialTokenTexts& tokens) {
  std::map<std::string, Json> variables = {{"tools", nullptr}, {"documents", nullptr}};
  const auto add = [&](const char* name, const std::string& text) {
    if (!text.empty()) variables[name] = text;
  };
  add("bos_token", tokens.bos);
  add("eos_token", tokens.eos);
  add("unk_token", tokens.unk);
  add("pad_token", tokens.pad);
  return variables;
}

Json toJson(const std::vector<ChatMessage>& messages) {
  Json list = Json::array();
  for (const ChatMessage& message : messages) {
    list.push_back(Json{{"role", message.role}, {"content", message.content}});
  }
  return list;
}

constexpr const char* kWhiteSpace = " \t\r\n";

// A text that no prompt contains: a private character around the turn's number.
std::string standIn(std::size_t turn) {
  constexpr std::string_view mark = "\xF4\x8F\xBF\xBD";  // U+10FFFD
  return std::string(mark) + std::to_string(turn) + std::string(mark);
}

[[noreturn]] void failToFind(const ChatMessage& turn, const std::string& where) {
  throw Error("the chat format does not show the " + turn.role + "'s text exactly once", where,
              "check that the template prints the content of messages as it is");
}

// What the format writes before each turn's text, and after the last one's, found by rendering
// unique texts in their place.
std::vector<std::string> textsAround(const std::string& rendered,
                                     const std::vector<ChatMessage>& turns,
                                     const std::string& where) {
  std::vector<std::string> pieces;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < turns.size(); ++i) {
    const std::string mark = standIn(i);
    const std::size_t found = rendered.find(mark, begin);
    if (found == std::string::npos || rendered.find(mark) != rendered.rfind(mark)) {
      failToFind(turns[i], where);
    }
    pieces.push_back(rendered.substr(begin, found - begin));
    begin = found + mark.size();
  }
  pieces.push_back(rendered.substr(begin));
  return pieces;
}

// Where the text that begins at `at` ends: templates may trim it.
std::size_t endOfText(const std::string& rendered, std::size_t at, const std::string& text,
                      const std::string& after) {
  for (const std::string& shown : {text, jinja::strip(text, jinja::Side::both)}) {
    const std::size_t end = at + shown.size();
    if (rendered.compare(at, shown.size(), shown) != 0) continue;
    if (rendered.compare(end, after.size(), after) == 0) return end;
  }
  return std::string::npos;
}

std::vector<TextRange> findTurns(const std::string& rendered,
                                 const std::vector<std::string>& around,
                                 const std::vector<ChatMessage>& turns, const std::string& where) {
  std::vector<TextRange> found;
  if (!rendered.starts_with(around.front())) failToFind(turns.front(), where);
  std::size_t at = around.front().size();
  for (std::size_t i = 0; i < turns.size(); ++i) {
    const std::size_t end = endOfText(rendered, at, turns[i].content, around[i + 1]);
    if (end == std::string::npos) failToFind(turns[i], where);
    found.push_back({at, end});
    at = end + around[i + 1].size();
  }
  return found;
}

std::vector<ChatMessage> standInsFor(std::vector<ChatMessage> turns) {
  for (std::size_t i = 0; i < turns.size(); ++i) turns[i].content = standIn(i);
  return turns;
}

// Where the format opens the model's thoughts after the user's turn and leaves them open.
void closeThoughts(std::string& text, std::size_t userEnd) {
  const std::size_t open = text.rfind("<think>");
  if (open == std::string::npos || open < userEnd) return;
  if (text.find("</think>", open) != std::string::npos) return;
  text += text.ends_with('\n') ? "\n</think>\n\n" : "\n\n</think>\n\n";
}

bool endsInWhiteSpace(const std::string& text) {
  return !text.empty() && std::string_view(kWhiteSpace).find(text.back()) != std::string::npos;
}

// The answer prefix as it follows `before`.
std::string fittedPrefix(const std::string& prefix, const std::string& before) {
  if (!endsInWhiteSpace(before)) return prefix;
  const std::size_t begin = prefix.find_first_not_of(kWhiteSpace);
  return begin == std::string::npos ? "" : prefix.substr(begin);
}

}  // namespace

ChatFormat::ChatFormat(std::unique_ptr<Implementation> implementation)
    : implementation_(std::move(implementation)) {}
ChatFormat::~ChatFormat() = default;
ChatFormat::ChatFormat(ChatFormat&&) noexcept = default;
ChatFormat& ChatFormat::operator=(ChatFormat&&) noexcept = default;

ChatFormat ChatFormat::plain() { return ChatFormat(nullptr); }

ChatFormat ChatFormat::jinja(std::string_view source, SpecialTokenTexts tokens,
                             const std::string& where) {
  return ChatFormat(std::make_unique<Implementation>(
      Implementation{jinja::JinjaTemplate(source, where), std::string(source), where,
                     standardVariables(tokens), localTime}));
}

ChatFormat ChatFormat::load(const ModelFiles& model) {
  const auto source = chatSourceOf(model);
  if (!source) return plain();
  return jinja(source->text, specialTokensOf(model), source->where);
}

ChatFormat ChatFormat::choose(std::string_view choice, const ModelFiles& model) {
  if (choice == "auto") return load(model);
  if (choice == "none") return plain();
  const std::string name(choice);
  if (const auto text = builtInChatFormat(choice)) {
    return jinja(*text, specialTokensOf(model), "built-in chat format " + name);
  }
  if (isRegularFile(name)) {
    return jinja(readFile(choice), specialTokensOf(model), name);
  }
  throw Error("there is no chat format and no file '" + name + "'", "",
              "use auto, none, a built-in one (" + builtInChatFormatNames() +
                  ") or the path of a Jinja file");
}

bool ChatFormat::isPlain() const { return implementation_ == nullptr; }

std::string_view ChatFormat::source() const {
  return isPlain() ? std::string_view() : implementation_->text;
}

void ChatFormat::setVariable(const std::string& name, const Json& value) {
  if (!isPlain()) implementation_->variables[name] = value;
}

void ChatFormat::setClock(std::function<std::tm()> clock) {
  if (!isPlain()) implementation_->clock = std::move(clock);
}

std::string ChatFormat::render(const std::vector<ChatMessage>& messages,
                               bool addGenerationPrompt) const {
  if (isPlain()) throw Error("a plain format has no conversations to render");
  if (messages.empty()) throw Error("a conversation without messages cannot be rendered");
  auto variables = implementation_->variables;
  variables["messages"] = toJson(messages);
  variables["add_generation_prompt"] = addGenerationPrompt;
  return implementation_->source.render(variables, implementation_->clock);
}

PromptText ChatFormat::wrap(const Prompt& prompt) const {
  if (isPlain()) {
    const std::string text = plainText(prompt);
    return {text, {{0, text.size()}}, false};
  }
  auto variables = implementation_->variables;
  variables.try_emplace("enable_thinking", false);
  variables["add_generation_prompt"] = true;
  const auto rendered = [&](const std::vector<ChatMessage>& turns) {
    variables["messages"] = toJson(turns);
    return implementation_->source.render(variables, implementation_->clock);
  };
  std::string text = rendered(prompt.turns);
  const auto around =
      textsAround(rendered(standInsFor(prompt.turns)), prompt.turns, implementation_->where);
  std::vector<TextRange> literal = findTurns(text, around, prompt.turns, implementation_->where);
  closeThoughts(text, literal.back().end);
  const std::size_t prefixBegin = text.size();
  text += fittedPrefix(prompt.answerPrefix, text);
  literal.push_back({prefixBegin, text.size()});
  return {text, literal, true};
}

}  // namespace canvass
