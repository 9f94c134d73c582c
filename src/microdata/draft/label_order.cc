#include "microdata/draft/label_order.h"

#include <algorithm>
#include <functional>
#include <optional>

#include "microdata/draft/phrase_table.h"

namespace canvass {
namespace {

// Words of degree and frequency.
constexpr const char* orderPhrases[] = {
    // English
    "agree|disagree|very|quite|rather|somewhat|not at all|strongly|always|often|sometimes|rarely|"
    "never|seldom|a lot|a little|great deal|fair amount|not much|most|least|high|low|higher|lower|"
    "better|worse|excellent|good|bad|fair|poor|too much|too little|about right|daily|weekly|"
    "monthly|every day|once a week|once a month|more|less|extremely|slightly|moderately|"
    "completely|hardly|mostly|increase|increased|decrease|decreased|fully|partly|occasionally|"
    "frequently|satisfied|dissatisfied|important|unimportant|likely|unlikely|entirely",
    // French
    "d'accord|pas d'accord|très|plutôt|assez|peu|pas du tout|tout à fait|toujours|souvent|parfois|"
    "quelquefois|rarement|jamais|beaucoup|bon|bonne|mauvais|mauvaise|moins|plus",
    // Spanish and Portuguese
    "de acuerdo|en desacuerdo|muy|bastante|poco|nada|siempre|a menudo|a veces|rara vez|nunca|"
    "mucho|bueno|buena|malo|mala|regular|mejor|peor|más|menos|de acordo|concordo|discordo|"
    "concorda|discorda|muito|bastante|pouco|sempre|às vezes|raramente|bom|boa|mau|má|melhor|pior|"
    "mais",
    // German and Dutch
    "stimme zu|stimme nicht zu|stimme|lehne ab|sehr|ziemlich|eher|wenig|gar nicht|überhaupt nicht|"
    "immer|oft|häufig|manchmal|selten|nie|niemals|gut|schlecht|besser|schlechter|voll|teils|"
    "eens|oneens|zeer|heel|erg|tamelijk|nogal|helemaal|helemaal niet|altijd|vaak|soms|zelden|nooit",
    // Italian
    "d'accordo|molto|abbastanza|poco|per niente|per nulla|sempre|spesso|qualche volta|raramente|"
    "mai|buono|cattivo|meglio|peggio",
    // Polish, Russian, Turkish
    "zgadzam się|nie zgadzam się|zdecydowanie|raczej|zawsze|często|czasami|rzadko|nigdy|bardzo|"
    "совершенно|полностью|скорее|согласен|не согласен|очень|всегда|часто|иногда|редко|никогда|"
    "довольно|совсем не|katılıyorum|katılmıyorum|kesinlikle|çok|biraz|oldukça|hiç|her zaman|"
    "sık sık|bazen|nadiren",
    // Arabic and Chinese, whose words for degree begin the label
    "أوافق|لا أوافق|بشدة|جدا|دائما|غالبا|أحيانا|نادرا|أبدا|非常同意|同意|不同意|非常不同意|"
    "很同意|非常|比较|不太|完全|总是|经常|有时|很少|从不"};

const PhraseTable& orderTable() {
  static const PhraseTable table = [] {
    PhraseTable made;
    for (const char* phrases : orderPhrases) made.add(phrases, 0);
    return made;
  }();
  return table;
}

bool hasOrderWord(const std::string& label) {
  const std::vector<LabelWord> words = labelWords(label);
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (!orderTable().at(words, i).empty()) return true;
  }
  return false;
}

bool isWholeNumber(const LabelWord& word) {
  return word.text.size() < 10 && std::all_of(word.text.begin(), word.text.end(),
                                              [](char c) { return c >= '0' && c <= '9'; });
}

// The number that a label begins with; of the first and last one, "under 5" and "more than 10", the
// first number in it.
std::optional<double> numberIn(const std::vector<LabelWord>& words, bool isEnd) {
  for (const LabelWord& word : words) {
    if (isWholeNumber(word)) return std::stod(word.text);
    if (!isEnd) break;
  }
  return std::nullopt;
}

bool numbersRiseOrFall(const std::vector<std::string>& labels) {
  std::vector<double> numbers;
  bool hasWords = false;  // mere numbers are codes without labels
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const std::vector<LabelWord> words = labelWords(labels[i]);
    const auto number = numberIn(words, i == 0 || i + 1 == labels.size());
    if (!number) return false;
    numbers.push_back(*number);
    hasWords = hasWords || words.size() > 1;
  }
  const auto outOfOrder = [&numbers](auto reaches) {
    return std::adjacent_find(numbers.begin(), numbers.end(), reaches) != numbers.end();
  };
  return hasWords && (!outOfOrder(std::greater<>()) || !outOfOrder(std::less<>()));
}

}  // namespace

bool looksOrdered(const std::vector<std::string>& labels) {
  const auto ordered =
      static_cast<std::size_t>(std::count_if(labels.begin(), labels.end(), hasOrderWord));
  return (ordered >= 2 && 2 * ordered >= labels.size()) ||
         (labels.size() > 2 && numbersRiseOrFall(labels));
}

}  // namespace canvass
