#include "microdata/draft/non_answer_words.h"

namespace canvass {
namespace {

using enum MissingKind;
using enum Certainty;

constexpr NonAnswerWords table[] = {
    // English
    {dontKnow, sure,
     "don't know|do not know|doesn't know|does not know|I don't know|I do not know|"
     "R doesn't know|don't know enough to say|don't know enough to answer|can't choose|"
     "cannot choose|unable to choose"},
    {dontKnow, likely, "dk|d k|dks|dnk|idk"},
    {dontKnow, soft,
     "not sure|unsure|I'm not sure|no opinion|can't say|cannot say|unable to say|undecided|"
     "uncertain|not certain|hard to say|difficult to say|it is hard to say|unknown|"
     "haven't thought about it|have not thought about it|never thought about it"},
    {refused, sure,
     "refused to answer|refuses to answer|refuse to answer|refused answer|answer refused|"
     "prefer not to say|prefer not to answer|prefers not to say|prefers not to answer|"
     "I prefer not to say|I prefer not to answer|I'd prefer not to say|rather not say|"
     "I'd rather not say|would rather not say|would rather not answer|don't want to answer|"
     "do not want to answer|does not want to answer|declined to answer|declines to answer|"
     "unwilling to answer|no answer|no answer given|not answered|did not answer|didn't answer|"
     "nonresponse|non response|item nonresponse|item non response|not ascertained"},
    {refused, likely, "refused|refusal|no response|no reply|did not respond"},
    {refused, soft,
     "ref|rf|refuse|refuses|declined|declines|decline|not stated|not reported|not "
     "specified|unspecified|"
     "blank|left blank"},
    {notAsked, sure,
     "not asked|not asked in survey|not asked in this survey|not asked in country|"
     "not asked in this country|not asked in this wave|not asked in this year|not asked this year|"
     "question not asked|item not asked|not applicable|inapplicable|not in universe|"
     "out of universe|not in survey|not included in survey|not administered|legitimate skip|"
     "valid skip|logical skip|skipped by design|system missing|sysmis|sysmiss|filtered out"},
    {notAsked, likely, "inap|inapp|iap|nap|niu|n a|na"},
    {notAsked, soft,
     "does not apply|doesn't apply|skip|skipped|missing|missing data|missing value|"
     "missing values|other missing|missing other|filter|not available|not included|no data|nan|"
     "null|question skipped"},
    // French
    {dontKnow, sure, "ne sait pas|ne sais pas|je ne sais pas|ne savent pas|ne peut pas choisir"},
    {dontKnow, likely, "nsp|ne se prononce pas|ne se prononcent pas"},
    {dontKnow, soft, "sans opinion|pas d'opinion|sans avis|indécis"},
    {refused, sure,
     "refus de répondre|refuse de répondre|a refusé de répondre|ne souhaite pas répondre|"
     "ne veut pas répondre|préfère ne pas répondre|je préfère ne pas répondre|"
     "préfère ne pas le dire|n'a pas répondu|sans réponse|pas de réponse|aucune réponse|"
     "non réponse"},
    {refused, likely, "refus|refusé|nr|n r|nvpr"},
    {refused, soft, "refuse"},
    {notAsked, sure,
     "sans objet|non applicable|pas applicable|inapplicable|question non posée|"
     "question pas posée|non posée"},
    {notAsked, likely, "non concerné|pas concerné"},
    {notAsked, soft, "ne s'applique pas|manquant|donnée manquante"},
    // Spanish
    {dontKnow, sure, "no sabe|no sé|no lo sabe|no lo sé|no puede elegir|ns nc|ns nr|nsnc|nsnr"},
    {dontKnow, likely, "ns|n s"},
    {dontKnow, soft, "no opina|no está seguro|indeciso|no tiene opinión"},
    {refused, sure,
     "no contesta|no contestó|no responde|no respondió|no respuesta|sin respuesta|"
     "se niega a responder|se niega a contestar|rehúsa contestar|rehúsa responder|"
     "rehusó contestar|rehusó responder|prefiero no contestar|prefiere no contestar|"
     "prefiero no responder|prefiere no responder|prefiero no decirlo|no quiere contestar"},
    {refused, likely, "nc|n c|rehúsa|rehusó|se rehúsa"},
    {notAsked, sure,
     "no aplica|no aplicable|no es aplicable|no procede|inaplicable|no preguntado|no preguntada|"
     "no se preguntó|pregunta no realizada"},
    {notAsked, likely, "no corresponde"},
    {notAsked, soft, "no se aplica|sin dato|sin datos|perdido|perdidos"},
    // Portuguese
    {dontKnow, sure, "não sabe|não sei|não sabe dizer|não sabe responder"},
    {dontKnow, soft, "não tem opinião|não opinou|indeciso"},
    {refused, sure,
     "não responde|não respondeu|sem resposta|recusou responder|recusou-se a responder|"
     "recusa responder|prefere não responder|prefiro não responder|prefere não dizer|"
     "não quis responder"},
    {refused, likely, "recusa|recusou|recusou-se"},
    {notAsked, sure, "não aplicável|não perguntado|não perguntada|não foi perguntado"},
    {notAsked, likely, "não se aplica"},
    // German
    {dontKnow, sure, "weiß nicht|weiß ich nicht|ich weiß nicht|weiß es nicht|kann nicht wählen"},
    {dontKnow, soft, "wn|w n"},
    {dontKnow, soft,
     "kann ich nicht sagen|kann nicht sagen|keine Meinung|unentschieden|unsicher|unbekannt"},
    {refused, sure,
     "keine Angabe|keine Angaben|ohne Angabe|keine Antwort|Antwort verweigert|Angabe verweigert|"
     "möchte ich nicht sagen|möchte nicht antworten|möchte ich nicht beantworten|"
     "will nicht antworten"},
    {refused, likely, "k A|verweigert|Verweigerung"},
    {notAsked, sure,
     "nicht erhoben|nicht gefragt|nicht befragt|Frage nicht gestellt|nicht anwendbar"},
    {notAsked, likely, "entfällt"},
    {notAsked, soft, "tnz|t n z|trifft nicht zu|nicht zutreffend|fehlt|fehlender Wert"},
    // Italian
    {dontKnow, sure, "non so|non sa|non lo so|non saprei"},
    {dontKnow, soft, "nessuna opinione|indeciso"},
    {refused, sure,
     "non risponde|non ha risposto|nessuna risposta|mancata risposta|rifiuta di rispondere|"
     "rifiuto di rispondere|preferisco non rispondere|preferisce non rispondere|"
     "non vuole rispondere"},
    {refused, likely, "rifiuta|rifiuto"},
    {notAsked, sure, "non applicabile|non richiesto|non chiesto|domanda non posta"},
    {notAsked, soft, "non pertinente|non si applica"},
    // Dutch
    {dontKnow, sure, "weet niet|weet ik niet|weet het niet|ik weet het niet|weet ik niet meer"},
    {dontKnow, soft, "geen mening"},
    {refused, sure,
     "geen antwoord|wil niet zeggen|wil ik niet zeggen|wil niet antwoorden|zeg ik liever niet"},
    {refused, likely, "weigert|weigering|geweigerd"},
    {notAsked, sure, "niet van toepassing|niet gevraagd"},
    {notAsked, likely, "nvt|n v t"},
    // Swedish, Danish, Norwegian, Finnish
    {dontKnow, sure,
     "vet ej|vet inte|ved ikke|ved ej|vet ikke|en osaa sanoa|ei osaa sanoa|en tiedä|ei tiedä"},
    {refused, sure,
     "vill ej svara|vill inte svara|uppgift saknas|inget svar|ej svar|ønsker ikke at svare|"
     "vil ikke svare|ønsker ikke å svare|intet svar|ubesvart|ikke besvart|uoplyst|ei vastausta|"
     "ei halua vastata|en halua vastata"},
    {refused, likely, "vägrar|vägrade|nægter|nekter|kieltäytyy|kieltäytyi"},
    {notAsked, sure,
     "ej tillämpligt|ej tillfrågad|ej ställd|ikke spurgt|ikke stilt|ikke aktuelt|ei kysytty"},
    {notAsked, soft, "ikke relevant|ej aktuellt|ei koske"},
    // Polish, Czech, Slovak
    {dontKnow, sure, "nie wiem|nie wie|neví|nevím|nevie|neviem"},
    {dontKnow, likely, "trudno powiedzieć"},
    {dontKnow, soft, "nie mam zdania"},
    {refused, sure,
     "odmowa odpowiedzi|odmawia odpowiedzi|odmówił odpowiedzi|brak odpowiedzi|bez odpowiedzi|"
     "neodpověděl|bez odpovědi|odmítl odpovědět|neodpovedal|bez odpovede|odmietol odpovedať"},
    {refused, likely, "odmowa|odmítl|odmietol"},
    {refused, soft, "neuvedeno|brak danych"},
    {notAsked, sure, "nie dotyczy|nie pytano|nie zadano|netýká se|netýka sa|nehodí se"},
    // Hungarian, Romanian
    {dontKnow, sure, "nem tudja|nem tudom|nu știe|nu știu|nu stie|nu stiu"},
    {refused, sure,
     "nem válaszol|nem válaszolt|nincs válasz|válaszmegtagadás|nu răspunde|nu răspund|"
     "fără răspuns|refuză să răspundă"},
    {refused, likely, "refuz|refuză"},
    {refused, soft, "nt|nv"},
    {notAsked, sure, "nem vonatkozik|nem kérdezték|nu e cazul|nu este cazul|nu se aplică"},
    // Croatian, Serbian, Bosnian, Slovenian, Albanian
    {dontKnow, sure, "ne zna|ne znam|ne ve|ne vem|nuk e di|nuk di|не зна"},
    {refused, sure,
     "bez odgovora|ne želi odgovoriti|ne želi da odgovori|brez odgovora|без одговора|"
     "nuk përgjigjet|pa përgjigje"},
    {refused, likely, "odbija|odbio|odklonil|refuzon"},
    // Russian, Ukrainian, Bulgarian
    {dontKnow, sure,
     "не знаю|не знает|затрудняюсь ответить|затрудняюсь с ответом|затруднился ответить|"
     "затруднились ответить|затрудняюсь|важко відповісти|не знам|не знае|не мога да преценя"},
    {dontKnow, likely, "трудно сказать|важко сказати"},
    {refused, sure,
     "отказ от ответа|отказался отвечать|отказался от ответа|отказываюсь отвечать|нет ответа|"
     "без ответа|не ответил|не ответили|відмова від відповіді|немає відповіді|без відповіді|"
     "без отговор|не отговорил|отказва да отговори"},
    {refused, likely, "отказ|отказался|відмова|отказва"},
    {notAsked, sure,
     "не применимо|неприменимо|не спрашивали|не задавался|вопрос не задавался|не задавали|"
     "не застосовується|не се отнася|неприложимо"},
    {notAsked, soft, "нет данных|не подходит|пропуск"},
    // Greek
    {dontKnow, sure, "δεν γνωρίζω|δεν γνωρίζει|δεν ξέρω|δεν ξέρει"},
    {dontKnow, soft, "δγ|δξ|δ γ|δ ξ"},
    {refused, sure, "δεν απαντώ|δεν απαντά|δεν απάντησε|αρνείται να απαντήσει"},
    {refused, likely, "αρνήθηκε|άρνηση"},
    {refused, soft, "δα|δ α"},
    {notAsked, sure, "δεν εφαρμόζεται|δεν ισχύει|δεν ρωτήθηκε"},
    // Turkish, Azerbaijani
    {dontKnow, sure, "bilmiyor|bilmiyorum|bilmirəm"},
    {dontKnow, soft, "fikrim yok|fikri yok|kararsız"},
    {refused, sure,
     "cevap yok|cevap vermedi|cevap vermek istemiyor|cevap vermek istemiyorum|"
     "cevap vermeyi reddetti|cevabı reddetti|yanıt yok|yanıt vermedi|yanıtsız"},
    {refused, likely, "reddetti"},
    {notAsked, sure, "sorulmadı|uygulanamaz|geçerli değil|uygun değil"},
    // Arabic, Persian, Hebrew
    {dontKnow, sure,
     "لا أعرف|لا يعرف|لا أعلم|لا يعلم|لا أدري|لا يدري|نمی دانم|نمیدانم|لا تعرف|לא יודע|לא יודעת|לא "
     "יודע ת"},
    {dontKnow, soft, "غير متأكد|لا رأي"},
    {refused, sure,
     "رفض الإجابة|أرفض الإجابة|يرفض الإجابة|رفض أن يجيب|بدون إجابة|لا إجابة|لا جواب|لا توجد إجابة|"
     "لم يجب|امتنع عن الإجابة|بی پاسخ|پاسخ نداد|بدون پاسخ|מסרב לענות|ללא תשובה"},
    {refused, likely, "رفض|رافض|מסרב|מסרבת|סירב"},
    {notAsked, sure, "لا ينطبق|لا تنطبق|غير منطبق|لم يسأل|لم يطرح السؤال|לא נשאל"},
    {notAsked, soft, "غير متوفر|לא רלוונטי"},
    // Chinese
    {dontKnow, sure, "不知道|不晓得|不曉得|说不清|说不清楚|說不清楚|無法選擇|无法选择|不清楚"},
    {dontKnow, soft, "不了解|没意见|無意見|无意见|很难说|很難說|不确定|不確定"},
    {refused, sure,
     "拒绝回答|拒絕回答|拒答|不回答|不愿回答|不願回答|不愿意回答|不願意回答|无回答|無回答|没有回答|"
     "沒有回答|未回答"},
    {notAsked, sure, "不适用|不適用|没有问|沒有問|未问|未問|跳答|跳題"},
    {notAsked, soft, "缺失|缺失值"},
    // Japanese, Korean
    {dontKnow, sure,
     "わからない|分からない|わかりません|知らない|모르겠다|잘 모르겠다|잘모르겠다|모르겠음|모름"},
    {refused, sure,
     "無回答|回答拒否|答えたくない|回答しない|무응답|응답 거절|응답거절|응답 "
     "거부|응답거부|응답하지 않음"},
    {notAsked, sure, "非該当|해당 없음|해당없음|비해당"},
    {notAsked, soft, "該当しない"},
    // Hindi, Bengali, Urdu
    {dontKnow, sure, "पता नहीं|मालूम नहीं|नहीं जानता|नहीं जानते|জানি না|معلوم نہیں|پتہ نہیں"},
    {refused, sure, "कोई जवाब नहीं|उत्तर नहीं दिया|जवाब नहीं दिया|উত্তর নেই|کوئی جواب نہیں"},
    {notAsked, sure, "लागू नहीं|প্রযোজ্য নয়"},
    // Indonesian, Malay, Filipino, Vietnamese, Thai
    {dontKnow, sure, "tidak tahu|hindi alam|không biết|ไม่ทราบ|ไม่รู้"},
    {refused, sure,
     "tidak menjawab|tidak ada jawaban|menolak menjawab|tidak jawab|walang sagot|không trả lời|"
     "từ chối trả lời|ไม่ตอบ"},
    {refused, likely, "menolak|ปฏิเสธ"},
    {notAsked, sure, "tidak berlaku|tidak ditanyakan|không áp dụng"},
    // Swahili, Amharic, Hausa
    {dontKnow, sure, "sijui|hajui|አላውቅም|ban sani ba"},
    {refused, sure, "amekataa kujibu|hakuna jibu|hakujibu"},
    {refused, likely, "amekataa"},
    {notAsked, sure, "haihusiki"},
};

}  // namespace

std::span<const NonAnswerWords> nonAnswerWords() { return table; }

const char* interviewerNotes() {
  return "do not read|do not read out|do not read aloud|don't read|don't read out|not read|"
         "not read out|dnr|vol|volunteered|volunteer|if volunteered|vol only|spontaneous|"
         "spontaneous only|spont|unprompted|do not prompt|don't prompt|do not offer|"
         "interviewer|interviewer code|phone only|web only|code only|exclusive|"
         "ne pas lire|ne pas citer|ne pas suggérer|spontané|non lu|"
         "no leer|no leer en voz alta|espontáneo|espontánea|esp|não ler|espontâneo|"
         "nicht vorlesen|spontan|non leggere|spontaneo|spontanea|niet voorlezen|"
         "läs ej upp|nie czytać|nie odczytywać|nečíst|не зачитывать|не читать|не чети|"
         "okumayınız|okumayın|لا تقرأ|不读出|不要读出|不提示|不讀出|읽지 말 것";
}

const char* joiningWords() {
  return "or|and|ou|et|o|u|y|e|oder|und|lub|i|или|и|або|та|veya|ve|of|en|eller|og|och|tai|ja|vagy|"
         "أو|و|或|和";
}

}  // namespace canvass
